import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  deserialize,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson'

/** A BSON document as JavaScript holds it. */
export type Doc = Record<string, unknown>
export type Predicate = (doc: Doc) => boolean

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024

/**
 * int32 and double become numbers, int64 stays a `Long` so that it is still an int64 when the document
 * is written again. An integer-valued double is written back as int32, as every JavaScript client does.
 */
const STORED = { promoteLongs: false, bsonRegExp: true, validation: { utf8: false } } as const
const RECEIVED = { promoteLongs: false, bsonRegExp: true } as const

/** Decode bytes this engine stored itself. */
export const decode = (bytes: Uint8Array): Doc => deserialize(bytes, STORED)
/** Decode bytes from a client: strings are checked to be UTF-8. */
export const decodeReceived = (bytes: Uint8Array): Doc => deserialize(bytes, RECEIVED)
export const encode = (doc: Doc): Buffer => {
  const bytes = serialize(doc, { ignoreUndefined: true })
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

export function isDocument(value: unknown): value is Doc {
  if (value === null || typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Own field of a document; never something inherited such as `constructor`. */
export const fieldOf = (doc: Doc, name: string): unknown =>
  Object.hasOwn(doc, name) ? doc[name] : undefined

/** Order of the types, from the manual page "Comparison/Sort Order"; also the first byte of a key. */
export const RANK = {
  minKey: 0x0a,
  /** the value an empty array has in an index and in a sort: below null */
  emptyArray: 0x12,
  null: 0x14,
  number: 0x1e,
  string: 0x3c,
  object: 0x46,
  array: 0x50,
  binary: 0x5a,
  objectId: 0x64,
  false: 0x6e,
  true: 0x6f,
  date: 0x78,
  timestamp: 0x82,
  regex: 0x8c,
  code: 0x96,
  maxKey: 0xf0,
} as const

/** Rank of a value; `undefined` stands for an empty array seen through an index or a sort. */
export function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return RANK.string
    case 'number':
    case 'bigint':
      return RANK.number
    case 'boolean':
      return value ? RANK.true : RANK.false
    case 'undefined':
      return RANK.emptyArray
  }
  if (value === null) return RANK.null
  if (isDocument(value)) return RANK.object
  if (Array.isArray(value)) return RANK.array
  if (value instanceof Date) return RANK.date
  if (value instanceof ObjectId) return RANK.objectId
  // Timestamp extends Long: it must be asked first
  if (value instanceof Timestamp) return RANK.timestamp
  if (isBoxedNumber(value)) return RANK.number
  if (value instanceof Binary) return RANK.binary
  if (isRegex(value)) return RANK.regex
  if (value instanceof MinKey) return RANK.minKey
  if (value instanceof MaxKey) return RANK.maxKey
  if (value instanceof BSONSymbol) return RANK.string
  if (value instanceof Code) return RANK.code
  return RANK.object
}

/** Like rankOf, with true and false in one class. */
export function typeClassOf(value: unknown): number {
  const rank = rankOf(value)
  return rank === RANK.true ? RANK.false : rank
}

type BoxedNumber = Long | Decimal128 | Int32 | Double
const isBoxedNumber = (value: unknown): value is BoxedNumber =>
  (value instanceof Long && !(value instanceof Timestamp)) ||
  value instanceof Decimal128 ||
  value instanceof Int32 ||
  value instanceof Double

export const isNumeric = (value: unknown): value is number | bigint | BoxedNumber =>
  typeof value === 'number' || typeof value === 'bigint' || isBoxedNumber(value)

export const isRegex = (value: unknown): value is RegExp | BSONRegExp =>
  value instanceof RegExp || value instanceof BSONRegExp

/** The nearest double; NaN for what is no number. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Long) return value.toNumber()
  if (value instanceof Decimal128) return Number(value.toString())
  if (value instanceof Int32 || value instanceof Double) return Number(value.valueOf())
  return NaN
}

/** Exact integer value of an int64, or null for other numbers. */
export function toBigInt(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value
  return value instanceof Long ? value.toBigInt() : null
}

export const isTruthy = (value: unknown): boolean =>
  value !== false &&
  value !== null &&
  value !== undefined &&
  !(isNumeric(value) && toNumber(value) === 0)

/** Numbers and aliases of the manual page "BSON Types". */
export const TYPE_NUMBERS: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  javascript: 13,
  symbol: 14,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
}
const NUMBER_TYPES = Object.fromEntries(Object.entries(TYPE_NUMBERS).map(([k, v]) => [v, k]))

/** Type number of a stored value. A whole number within 32 bits counts as int, see `STORED`. */
export function typeNumberOf(value: unknown): number {
  if (typeof value === 'number') {
    return Number.isInteger(value) && Math.abs(value) <= 0x7fffffff ? 16 : 1
  }
  if (value instanceof Decimal128) return 19
  if (value instanceof Int32) return 16
  if (value instanceof Double) return 1
  if (value instanceof BSONSymbol) return 14
  switch (rankOf(value)) {
    case RANK.string:
      return 2
    case RANK.number:
      return 18
    case RANK.array:
      return 4
    case RANK.binary:
      return 5
    case RANK.objectId:
      return 7
    case RANK.true:
    case RANK.false:
      return 8
    case RANK.date:
      return 9
    case RANK.null:
      return 10
    case RANK.regex:
      return 11
    case RANK.code:
      return 13
    case RANK.timestamp:
      return 17
    case RANK.minKey:
      return -1
    case RANK.maxKey:
      return 127
    default:
      return 3
  }
}

export const typeNameOf = (value: unknown): string =>
  value === undefined ? 'missing' : (NUMBER_TYPES[typeNumberOf(value)] ?? 'object')

/** Short text of a value for an error sentence, close to the shell's notation. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) {
    const iso = Number.isNaN(value.getTime()) ? 'Invalid' : value.toISOString()
    return `new Date(${iso})`
  }
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`
  if (value instanceof Binary) return `BinData(${value.sub_type}, ${value.toString('hex')})`
  if (isRegex(value)) return value instanceof RegExp ? String(value) : `/${value.pattern}/`
  if (Array.isArray(value)) return `[ ${value.map(show).join(', ')} ]`
  if (isDocument(value)) {
    const fields = Object.entries(value).map(([k, v]) => `${k}: ${show(v)}`)
    return fields.length ? `{ ${fields.join(', ')} }` : '{}'
  }
  return String(value)
}
