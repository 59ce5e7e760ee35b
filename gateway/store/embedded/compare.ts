import type { BSONRegExp, ObjectId, Timestamp, Binary } from 'bson'
import { BSONSymbol } from 'bson'
import type { Doc } from './value.ts'
import { RANK, toBigInt, toNumber, typeClassOf } from './value.ts'

const order = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0)

/** UTF-8 bytes order as code points do; JavaScript's `<` orders UTF-16 units and differs on surrogates. */
const SURROGATE = /[\ud800-\udfff]/
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : 1
}

/** Numbers of all types by value; NaN is below all, -0 equals 0. Decimal128 is compared as a double. */
export function compareNumbers(a: unknown, b: unknown): number {
  const x = toNumber(a)
  const y = toNumber(b)
  if (Number.isNaN(x) || Number.isNaN(y))
    return order(Number(!Number.isNaN(x)), Number(!Number.isNaN(y)))
  if (x !== y) return x < y ? -1 : 1
  return order(beyondDouble(a, x), beyondDouble(b, y))
}

/** What an int64 has beyond its nearest double; at most ±512. */
export function beyondDouble(value: unknown, nearest: number): number {
  const exact = toBigInt(value)
  return exact === null ? 0 : Number(exact - BigInt(nearest))
}

export const bytesOf = (value: Binary): Uint8Array => value.buffer.subarray(0, value.position)

export const textOf = (value: unknown): string =>
  value instanceof BSONSymbol ? value.value : String(value)

export const regexParts = (value: RegExp | BSONRegExp): [source: string, flags: string] =>
  value instanceof RegExp ? [value.source, value.flags] : [value.pattern, value.options]

/**
 * Total order over BSON values (manual: "Comparison/Sort Order"). Documents compare field by field in
 * their stored order, so `{a, b}` and `{b, a}` differ. `undefined` means an empty array, see RANK.
 */
export function compareValues(a: unknown, b: unknown): number {
  const type = typeClassOf(a)
  const other = typeClassOf(b)
  if (type !== other) return type < other ? -1 : 1
  switch (type) {
    case RANK.number:
      return compareNumbers(a, b)
    case RANK.string:
      return compareStrings(textOf(a), textOf(b))
    case RANK.false:
      return order(Number(a), Number(b))
    case RANK.date:
      return order((a as Date).getTime(), (b as Date).getTime())
    case RANK.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id)
    case RANK.timestamp:
      return (a as Timestamp).compare(b as Timestamp)
    case RANK.binary:
      return compareBinaries(a as Binary, b as Binary)
    case RANK.array:
      return compareArrays(a as unknown[], b as unknown[])
    case RANK.object:
      return compareDocuments(a as Doc, b as Doc)
    case RANK.regex: {
      const [source, flags] = regexParts(a as RegExp)
      const [otherSource, otherFlags] = regexParts(b as RegExp)
      return compareStrings(source, otherSource) || compareStrings(flags, otherFlags)
    }
    case RANK.code:
      return compareStrings(String((a as Doc).code), String((b as Doc).code))
  }
  return 0
}

export const sameValue = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0

/** Binary data orders by length, then subtype, then bytes. */
function compareBinaries(a: Binary, b: Binary): number {
  const x = bytesOf(a)
  const y = bytesOf(b)
  return order(x.length, y.length) || order(a.sub_type, b.sub_type) || Buffer.compare(x, y)
}

function compareArrays(a: unknown[], b: unknown[]): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const result = compareValues(a[i], b[i])
    if (result) return result
  }
  return order(a.length, b.length)
}

function compareDocuments(a: Doc, b: Doc): number {
  const names = Object.keys(a)
  const otherNames = Object.keys(b)
  const shared = Math.min(names.length, otherNames.length)
  for (let i = 0; i < shared; i++) {
    const name = names[i]!
    const otherName = otherNames[i]!
    const result =
      order(typeClassOf(a[name]), typeClassOf(b[otherName])) ||
      compareStrings(name, otherName) ||
      compareValues(a[name], b[otherName])
    if (result) return result
  }
  return order(names.length, otherNames.length)
}
