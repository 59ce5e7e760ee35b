/** Just enough of zip (PKWARE APPNOTE 6.3.10) to take an office document apart within bounds. */
import { crc32, inflateRawSync } from 'node:zlib'
import { fail } from '../errors.ts'
import { MAX_UNPACKED_BYTES, MAX_ZIP_ENTRIES } from './limits.ts'

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const MAX_COMMENT = 0xffff
const ENCRYPTED = 1
const STORED = 0
const DEFLATED = 8

export interface ZipEntry {
  name: string
  method: number
  flags: number
  packed: number
  unpacked: number
  localAt: number
}

const damaged = (reason: string): never => fail('BAD_DOCUMENT', { reason })

/** What the directory at the end says; nothing is unpacked. @throws YiluError BAD_DOCUMENT, DOCUMENT_TOO_LARGE */
export function zipEntries(bytes: Buffer): Map<string, ZipEntry> {
  const endAt = findEnd(bytes)
  const count = bytes.readUInt16LE(endAt + 10)
  let at = bytes.readUInt32LE(endAt + 16)
  if (count > MAX_ZIP_ENTRIES) fail('DOCUMENT_TOO_LARGE', { maxEntries: MAX_ZIP_ENTRIES })
  const entries = new Map<string, ZipEntry>()
  for (let i = 0; i < count; i++) {
    if (at + 46 > endAt || bytes.readUInt32LE(at) !== CENTRAL) damaged('zip')
    const nameBytes = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameBytes)
    // two of one name: readers disagree which of them counts
    if (entries.has(name)) damaged('zip')
    entries.set(name, {
      name,
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      localAt: bytes.readUInt32LE(at + 42),
    })
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

function findEnd(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT)
  for (let at = bytes.length - END_BYTES; at >= first; at--) {
    if (bytes.readUInt32LE(at) === END) return at
  }
  return damaged('zip')
}

/** Unpacks entries one by one; all of them together stay below the limit, whatever their headers say. */
export class Unpacker {
  private readonly bytes: Buffer
  private left = MAX_UNPACKED_BYTES

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** @throws YiluError BAD_DOCUMENT, DOCUMENT_TOO_LARGE */
  unpack({ flags, method, packed, localAt }: ZipEntry): Buffer {
    const { bytes } = this
    if (flags & ENCRYPTED) damaged('password')
    if (localAt + 30 > bytes.length || bytes.readUInt32LE(localAt) !== LOCAL) damaged('zip')
    const from = localAt + 30 + bytes.readUInt16LE(localAt + 26) + bytes.readUInt16LE(localAt + 28)
    if (from + packed > bytes.length) damaged('zip')
    const body = bytes.subarray(from, from + packed)
    const content =
      method === DEFLATED ? this.inflate(body) : method === STORED ? body : damaged('zip')
    this.left -= content.length
    if (this.left < 0) tooLarge()
    return content
  }

  private inflate(body: Buffer): Buffer {
    try {
      return inflateRawSync(body, { maxOutputLength: this.left + 1 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') tooLarge()
      return damaged('zip')
    }
  }
}

const tooLarge = (): never => fail('DOCUMENT_TOO_LARGE', { maxUnpackedBytes: MAX_UNPACKED_BYTES })

/** A zip of stored entries that every reader takes for the same. */
export function writeZip(files: Iterable<[name: string, content: Buffer]>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  let count = 0
  for (const [fileName, content] of files) {
    const name = Buffer.from(fileName)
    // version, flags (names are UTF-8), method, time, date, crc, sizes, length of the name, no extra field
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(0x0800, 2)
    shared.writeUInt16LE(0x21, 8)
    shared.writeUInt32LE(crc32(content), 10)
    shared.writeUInt32LE(content.length, 14)
    shared.writeUInt32LE(content.length, 18)
    shared.writeUInt16LE(name.length, 22)
    parts.push(uint32(LOCAL), shared, name, content)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(uint32(CENTRAL), Buffer.from([20, 0]), shared, rest, name)
    at += 30 + name.length + content.length
    count++
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(END_BYTES)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, listed, end])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
