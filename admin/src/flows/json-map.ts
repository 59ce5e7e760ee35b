/**
 * Reads JSON and remembers where everything stands. Browsers word their JSON errors differently and
 * often leave out the place, so the editor reads for itself: it must point at the line.
 */
export type JsonError = 'end' | 'character' | 'string' | 'number' | 'duplicate'

export type JsonMap =
  | { ok: true; value: unknown; places: Map<string, number> }
  | { ok: false; error: JsonError; offset: number; found: string }

/** Path as one string, for `places`: `blocks/welcome/prompt`. */
export const placeKey = (path: readonly (string | number)[]): string => path.join('/')

class Refusal {
  readonly error: JsonError
  readonly offset: number
  constructor(error: JsonError, offset: number) {
    this.error = error
    this.offset = offset
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y // eslint-disable-line no-control-regex
const SPACE = /[ \t\n\r]*/y
const WORDS: [string, unknown][] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

export function mapJson(text: string): JsonMap {
  const places = new Map<string, number>()
  let at = 0

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const refuse = (error: JsonError): never => {
    throw new Refusal(at >= text.length ? 'end' : error, at)
  }
  const expect = (char: string) => {
    take(SPACE)
    if (text[at] !== char) refuse('character')
    at++
  }
  const string = (): string => JSON.parse(take(STRING) ?? refuse('string')) as string

  /** `[…]` and `{…}`: items until the closing bracket, commas between them and none at the end. */
  const items = (close: string, item: () => void) => {
    at++
    take(SPACE)
    if (text[at] === close) {
      at++
      return
    }
    for (;;) {
      item()
      take(SPACE)
      if (text[at] === close) {
        at++
        return
      }
      expect(',')
    }
  }

  const value = (path: readonly (string | number)[]): unknown => {
    take(SPACE)
    places.set(placeKey(path), at)
    switch (text[at]) {
      case '{': {
        const object: Record<string, unknown> = {}
        items('}', () => {
          take(SPACE)
          const keyAt = at
          const key = text[at] === '"' ? string() : refuse('character')
          // JSON.parse would keep the last one silently: half of somebody's work gone
          if (Object.hasOwn(object, key)) throw new Refusal('duplicate', keyAt)
          expect(':')
          const inner = value([...path, key])
          // the place of a member is its key, which is what a person looks for
          places.set(placeKey([...path, key]), keyAt)
          Object.defineProperty(object, key, {
            value: inner,
            enumerable: true,
            writable: true,
            configurable: true,
          })
        })
        return object
      }
      case '[': {
        const list: unknown[] = []
        items(']', () => list.push(value([...path, list.length])))
        return list
      }
      case '"':
        return string()
      default: {
        const word = WORDS.find(([name]) => text.startsWith(name, at))
        if (word) {
          at += word[0].length
          return word[1]
        }
        return Number(take(NUMBER) ?? refuse(text[at] === '-' ? 'number' : 'character'))
      }
    }
  }

  try {
    const whole = value([])
    take(SPACE)
    if (at < text.length) refuse('character')
    return { ok: true, value: whole, places }
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    const { error, offset } = refusal
    return { ok: false, error, offset, found: text.slice(offset, offset + 20) }
  }
}

/** Line of an offset, counted from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
