import { createHash } from 'node:crypto'
import type { Binary, ObjectId, Timestamp } from 'bson'
import { beyondDouble, bytesOf, regexParts, textOf } from './compare.ts'
import type { Doc } from './value.ts'
import { RANK, rankOf, toNumber, typeClassOf } from './value.ts'

/**
 * Values as bytes whose memcmp order is the order of `compareValues`, the idea of the server's KeyString.
 * A value is its rank byte, then its payload; a descending field has all bytes inverted.
 *
 * Bytes that follow a finished value are never 0x00 or 0xff (ranks and their inversions lie between, and
 * so does SEPARATOR), so `key + 0xff` lies above everything that begins with `key`. A text ends with 0x00 0x01,
 * below the 0x00 0xff of an embedded NUL, also when both are inverted: the end is no prefix of the NUL.
 */
export type Direction = 1 | -1

export const ABOVE = Buffer.from([0xff])
export const BELOW = Buffer.from([0x01])
export const SEPARATOR = 0x04
const TEXT_END = 0x01

/** LMDB takes keys of up to 1,978 bytes; longer ones keep their head and a hash of the whole. */
export const MAX_KEY_BYTES = 1500
const HASH_BYTES = 20
/** Keys up to this length order exactly; a query bound must not be longer. */
export const EXACT_KEY_BYTES = MAX_KEY_BYTES - HASH_BYTES

class KeyWriter {
  bytes = Buffer.allocUnsafe(512)
  length = 0

  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more))
    this.bytes.copy(grown, 0, 0, this.length)
    this.bytes = grown
  }

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  raw(value: Uint8Array): void {
    this.reserve(value.length)
    this.bytes.set(value, this.length)
    this.length += value.length
  }

  text(value: string): void {
    this.reserve(value.length * 3 + 2)
    if (value.includes('\0')) {
      for (const byte of Buffer.from(value)) {
        this.byte(byte)
        if (byte === 0) this.byte(0xff)
      }
      this.reserve(2)
    } else {
      this.length += this.bytes.write(value, this.length, 'utf8')
    }
    this.bytes[this.length++] = 0
    this.bytes[this.length++] = TEXT_END
  }

  /** Sign-flipped IEEE double, then what an int64 has beyond it. NaN is all zeros, below -Infinity. */
  number(value: unknown): void {
    this.reserve(10)
    const at = this.length
    this.length += 10
    const nearest = toNumber(value)
    if (Number.isNaN(nearest)) {
      this.bytes.fill(0, at, at + 10)
      return
    }
    this.bytes.writeDoubleBE(nearest === 0 ? 0 : nearest, at)
    if (this.bytes[at]! & 0x80) this.invert(at, at + 8)
    else this.bytes[at]! |= 0x80
    this.bytes.writeUInt16BE(beyondDouble(value, nearest) + 0x8000, at + 8)
  }

  date(value: Date): void {
    this.reserve(8)
    const time = value.getTime()
    this.bytes.writeBigInt64BE(BigInt(Number.isNaN(time) ? 0 : time), this.length)
    this.bytes[this.length]! ^= 0x80
    this.length += 8
  }

  timestamp(value: Timestamp): void {
    this.reserve(8)
    this.bytes.writeUInt32BE(value.t >>> 0, this.length)
    this.bytes.writeUInt32BE(value.i >>> 0, this.length + 4)
    this.length += 8
  }

  binary(value: Binary): void {
    const bytes = bytesOf(value)
    this.reserve(5)
    this.bytes.writeUInt32BE(bytes.length, this.length)
    this.bytes[this.length + 4] = value.sub_type
    this.length += 5
    this.raw(bytes)
  }

  document(value: Doc): void {
    for (const name of Object.keys(value)) {
      this.byte(1)
      this.byte(typeClassOf(value[name]))
      this.text(name)
      this.value(value[name])
    }
    this.byte(0)
  }

  array(value: unknown[]): void {
    for (const element of value) {
      this.byte(1)
      this.value(element)
    }
    this.byte(0)
  }

  value(value: unknown): void {
    const rank = rankOf(value)
    this.byte(rank)
    switch (rank) {
      case RANK.number:
        return this.number(value)
      case RANK.string:
        return this.text(textOf(value))
      case RANK.objectId:
        return this.raw((value as ObjectId).id)
      case RANK.date:
        return this.date(value as Date)
      case RANK.timestamp:
        return this.timestamp(value as Timestamp)
      case RANK.binary:
        return this.binary(value as Binary)
      case RANK.array:
        return this.array(value as unknown[])
      case RANK.object:
        return this.document(value as Doc)
      case RANK.regex: {
        const [source, flags] = regexParts(value as RegExp)
        this.text(source)
        return this.text(flags)
      }
      case RANK.code:
        return this.text(String((value as Doc).code))
    }
  }

  component(value: unknown, direction: Direction): void {
    const from = this.length
    this.value(value)
    if (direction < 0) this.invert(from, this.length)
  }

  invert(from: number, to: number): void {
    for (let i = from; i < to; i++) this.bytes[i] = ~this.bytes[i]! & 0xff
  }

  taken(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length))
  }
}

const writer = new KeyWriter()

/** One value as a bound of a range; may be longer than an index entry can be. */
export function encodeValue(value: unknown, direction: Direction = 1): Buffer {
  writer.length = 0
  writer.component(value, direction)
  return writer.taken()
}

export interface EncodedKey {
  key: Buffer
  /** true when the key was too long: it still identifies its values, but does not order them */
  lossy: boolean
}

/** The key of an index entry: all values after the index's own prefix. */
export function encodeKey(prefix: Buffer, values: unknown[], directions: Direction[]): EncodedKey {
  writer.length = 0
  writer.raw(prefix)
  values.forEach((value, i) => writer.component(value, directions[i]!))
  if (writer.length <= MAX_KEY_BYTES) return { key: writer.taken(), lossy: false }
  const whole = writer.bytes.subarray(0, writer.length)
  const hash = createHash('sha256').update(whole).digest().subarray(0, HASH_BYTES)
  return { key: Buffer.concat([whole.subarray(0, EXACT_KEY_BYTES), hash]), lossy: true }
}
