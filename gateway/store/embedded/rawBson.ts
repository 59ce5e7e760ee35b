/**
 * BSON looked at without decoding it (bsonspec.org): lengths, nesting and places of elements. A message
 * that passes `checkBson` cannot make a decoder read outside of it or recurse without end.
 */

/** The server's own limit on nested documents (manual: "MongoDB Limits and Thresholds" is 100 for storage). */
export const MAX_DEPTH = 180

export class MalformedBson extends Error {}

const malformed = (why: string) => new MalformedBson(`malformed BSON: ${why}`)

/** Offset behind the NUL that ends a C string. */
function endOfText(bytes: Buffer, at: number, end: number): number {
  const zero = bytes.indexOf(0, at)
  if (zero < 0 || zero >= end) throw malformed('a name does not end')
  return zero + 1
}

/** Check the document at `at` and all within it; gives the offset behind it. */
export function checkBson(bytes: Buffer, at: number, limit: number, depth = 0): number {
  if (depth > MAX_DEPTH) throw malformed(`nested deeper than ${MAX_DEPTH}`)
  if (at + 5 > limit) throw malformed('a document is cut off')
  const end = at + bytes.readInt32LE(at)
  if (end < at + 5 || end > limit) throw malformed('a document has a wrong length')
  if (bytes[end - 1] !== 0) throw malformed('a document does not end with NUL')
  let position = at + 4
  while (position < end - 1) {
    const type = bytes[position]!
    position = endOfText(bytes, position + 1, end)
    position =
      type === 0x03 || type === 0x04
        ? checkBson(bytes, position, end - 1, depth + 1)
        : endOfValue(bytes, type, position, end - 1, depth)
    if (position > end - 1) throw malformed('a value is cut off')
  }
  return end
}

function endOfValue(bytes: Buffer, type: number, at: number, limit: number, depth: number): number {
  switch (type) {
    case 0x01: // double
    case 0x09: // date
    case 0x11: // timestamp
    case 0x12: // int64
      return at + 8
    case 0x02: // string
    case 0x0d: // code
    case 0x0e: // symbol
      return endOfString(bytes, at, limit)
    case 0x05: // binary
      return at + 5 + lengthAt(bytes, at, limit, 0)
    case 0x06: // undefined
    case 0x0a: // null
    case 0x7f: // MaxKey
    case 0xff: // MinKey
      return at
    case 0x07: // ObjectId
      return at + 12
    case 0x08:
      return at + 1
    case 0x0b: // regular expression
      return endOfText(bytes, endOfText(bytes, at, limit), limit)
    case 0x0c: // DBPointer
      return endOfString(bytes, at, limit) + 12
    case 0x0f: // code with scope
      return checkBson(bytes, endOfString(bytes, at + 4, limit), limit, depth + 1)
    case 0x10:
      return at + 4
    case 0x13:
      return at + 16
  }
  throw malformed(`unknown type 0x${type.toString(16)}`)
}

function lengthAt(bytes: Buffer, at: number, limit: number, least: number): number {
  if (at + 4 > limit) throw malformed('a length is cut off')
  const length = bytes.readInt32LE(at)
  if (length < least || at + length > limit) throw malformed('a value has a wrong length')
  return length
}

function endOfString(bytes: Buffer, at: number, limit: number): number {
  const end = at + 4 + lengthAt(bytes, at, limit, 1)
  if (end > limit || bytes[end - 1] !== 0) throw malformed('a text does not end with NUL')
  return end
}

/** Name of the first element: of a command, the command itself. */
export function firstName(bytes: Buffer): string {
  return bytes[4] === 0 ? '' : bytes.toString('utf8', 5, endOfText(bytes, 5, bytes.length) - 1)
}

const ID_NAME = Buffer.from('_id\0')

/**
 * The document with `_id` as its first field, as the server stores it; null if it has none. `bytes` must
 * have passed `checkBson`.
 */
export function withIdFirst(bytes: Buffer): Buffer | null {
  if (bytes[4] !== 0 && bytes.subarray(5, 9).equals(ID_NAME)) return bytes
  const end = bytes.length - 1
  let at = 4
  while (at < end) {
    const type = bytes[at]!
    const name = at + 1
    const value = endOfText(bytes, name, end)
    const next =
      type === 0x03 || type === 0x04
        ? value + bytes.readInt32LE(value)
        : endOfValue(bytes, type, value, end, 0)
    if (bytes.subarray(name, value).equals(ID_NAME)) {
      return Buffer.concat([
        bytes.subarray(0, 4),
        bytes.subarray(at, next),
        bytes.subarray(4, at),
        bytes.subarray(next),
      ])
    }
    at = next
  }
  return null
}
