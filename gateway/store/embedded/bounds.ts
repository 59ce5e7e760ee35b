import type { Index } from './indexes.ts'
import type { Direction } from './keys.ts'
import { ABOVE, BELOW, encodeValue, EXACT_KEY_BYTES } from './keys.ts'
import type { PathConditions } from './predicates.ts'
import { RANK, typeClassOf } from './value.ts'

export interface KeyRange {
  start: Buffer
  end: Buffer
}

export interface IndexBounds {
  ranges: KeyRange[]
  /** whole keys of a unique index, when every field is given */
  keys: Buffer[] | null
  /** leading fields with given values */
  fixedFields: number
  /** a range bounds the field after those */
  ranged: boolean
  /** some field has several values, so entries do not come in index order */
  several: boolean
}

/** Ranges a query may be turned into at most. */
const MAX_RANGES = 2000

/** The part of an index that can hold what the conditions ask for; null if they do not narrow it. */
export function boundsOf(
  index: Index,
  conditions: Map<string, PathConditions>,
): IndexBounds | null {
  let prefixes: Buffer[] = [index.prefix]
  let fixedFields = 0
  let several = false
  let range: KeyRange | null = null
  for (const field of index.fields) {
    const known = conditions.get(field)
    const direction = index.directions[fixedFields]!
    if (known?.points && prefixes.length * known.points.length <= MAX_RANGES) {
      const values = distinct(known.points.map((value) => encodeValue(value, direction)))
      several ||= values.length > 1
      prefixes = prefixes.flatMap((prefix) => values.map((value) => Buffer.concat([prefix, value])))
      fixedFields++
      continue
    }
    if (known && (known.low || known.high)) range = rangeOf(known, direction, index.multikey)
    break
  }
  if (!fixedFields && !range) return null
  const ranges = prefixes.map((prefix) =>
    range
      ? { start: Buffer.concat([prefix, range.start]), end: Buffer.concat([prefix, range.end]) }
      : { start: prefix, end: Buffer.concat([prefix, ABOVE]) },
  )
  // a bound longer than entries are kept exactly would miss those that were cut
  if (
    ranges.some(({ start, end }) => start.length > EXACT_KEY_BYTES || end.length > EXACT_KEY_BYTES)
  ) {
    return null
  }
  const whole = index.unique && fixedFields === index.fields.length
  return { ranges, keys: whole ? prefixes : null, fixedFields, ranged: range !== null, several }
}

function distinct(values: Buffer[]): Buffer[] {
  if (values.length < 2) return values
  const sorted = values.sort((a, b) => Buffer.compare(a, b))
  return sorted.filter((value, i) => i === 0 || !value.equals(sorted[i - 1]!))
}

/**
 * Bounds compare within one type, so an open side ends where the type does. With several entries per
 * document one may pass the lower and another the upper bound; then only one side can be used.
 */
function rangeOf(known: PathConditions, direction: Direction, multikey: boolean): KeyRange | null {
  const low = known.low
  let high = known.high
  if (low && high && (multikey || typeClassOf(low.value) !== typeClassOf(high.value)))
    high = undefined
  const type = typeClassOf((low ?? high)!.value)
  const first = type
  const last = type === RANK.false ? RANK.true : type
  if (direction > 0) {
    return {
      start: low ? edge(low.value, 1, !low.inclusive) : Buffer.from([first]),
      end: high ? edge(high.value, 1, high.inclusive) : Buffer.from([last + 1]),
    }
  }
  return {
    start: high ? edge(high.value, -1, !high.inclusive) : Buffer.from([0xff - last]),
    end: low ? edge(low.value, -1, low.inclusive) : Buffer.from([0x100 - first]),
  }
}

/** Just below or just above all entries with this value. */
function edge(value: unknown, direction: Direction, above: boolean): Buffer {
  const key = encodeValue(value, direction)
  if (above) return Buffer.concat([key, ABOVE])
  // inverted, a text that goes on with NUL sorts directly below its own end
  return direction > 0 ? key : Buffer.concat([key, BELOW])
}
