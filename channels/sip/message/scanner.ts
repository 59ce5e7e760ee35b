import { isTokenCode } from './characters.ts'
import { fault } from './syntax-fault.ts'

const TAB = 9
const SPACE = 32
const QUOTE = 34
const BACKSLASH = 92

/** Reads one unfolded header value from left to right; never goes back, so the work is linear. */
export class Scanner {
  readonly text: string
  at: number

  constructor(text: string, at = 0) {
    this.text = text
    this.at = at
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  /** code of the next character, -1 at the end */
  peek(): number {
    return this.at < this.text.length ? this.text.charCodeAt(this.at) : -1
  }

  space(): void {
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at)
      if (code !== SPACE && code !== TAB) return
    }
  }

  /** Takes `character` with the white space around it (SLASH, SEMI, COMMA … of RFC 3261 §25.1). */
  take(character: string): boolean {
    this.space()
    if (this.text[this.at] !== character) return false
    this.at++
    this.space()
    return true
  }

  expect(character: string): void {
    if (!this.take(character)) fault(`'${character}' missing`)
  }

  /** one token, at least one character */
  token(): string {
    const start = this.at
    while (this.at < this.text.length && isTokenCode(this.text.charCodeAt(this.at))) this.at++
    if (this.at === start) fault('token missing')
    return this.text.slice(start, this.at)
  }

  /** everything up to white space or one of `; , " < >` */
  word(): string {
    const start = this.at
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at)
      // space and tab, '"' ',' ';' '<' '>'
      if (code === SPACE || code === TAB || code === QUOTE || code === 44 || code === 59) break
      if (code === 60 || code === 62) break
      if (code < SPACE || code === 127) fault('control character')
    }
    return this.text.slice(start, this.at)
  }

  /** a quoted string with its quotes and escapes, as it stands */
  quoted(): string {
    const start = this.at
    if (this.peek() !== QUOTE) fault('quote missing')
    for (this.at++; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at)
      if (code === BACKSLASH) this.at++
      else if (code === QUOTE) {
        this.at++
        return this.text.slice(start, this.at)
      }
    }
    return fault('quote not closed')
  }
}
