/** What databases answer, as plain JSON: what flows compare, speak and store. */

const MAX_BINARY_BYTES = 4096

/** Decimals and long integers become numbers where a number holds them exactly enough to be said, else text. */
export function plainNumber(text: string): number | string {
  const value = Number(text)
  const digits = text.replace(/^-?0*|\D/g, '').length
  return Number.isFinite(value) && digits <= 15 ? value : text
}

/** Dates in ISO 8601, identifiers and other wrapped values as their text, bytes in base64 as far as they are few. */
export function plainValue(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'bigint') return plainNumber(value.toString())
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object') return typeof value === 'symbol' ? null : value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return plainBytes(value)
  if (Array.isArray(value)) return value.map(plainValue)
  if (value instanceof Map) return plainValue(Object.fromEntries(value))
  return wrapped(value) ?? plainObject(value)
}

/** The types of BSON, known by the name each carries (js-bson `_bsontype`). */
function wrapped(value: object): unknown {
  switch ((value as { _bsontype?: string })._bsontype) {
    case undefined:
      return undefined
    case 'Decimal128':
    case 'Long':
      return plainNumber(String(value))
    case 'Int32':
    case 'Double':
      return plainValue(Number(value))
    case 'Binary':
      return plainBytes((value as { buffer: Uint8Array }).buffer)
    default:
      return String(value)
  }
}

const plainObject = (value: object): unknown =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]))

const plainBytes = (bytes: Uint8Array): string | null =>
  bytes.length > MAX_BINARY_BYTES ? null : Buffer.from(bytes).toString('base64')
