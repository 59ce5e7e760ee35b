import { Buffer } from 'node:buffer'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { badArchive, MAX_ENTRIES, MAX_UNPACKED_BYTES, safePath } from './safe-path.mjs'

// APPNOTE.TXT of PKWARE, 4.3.7 local header, 4.3.12 central directory, 4.3.16 its end
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_BYTES = 22
const MAX_COMMENT = 65_535
const MAX_DIRECTORY_BYTES = 4 * 1024 ** 2
const STORED = 0
const DEFLATED = 8
const ENCRYPTED = 1
const SYMBOLIC_LINK = 0o120000
const KIND_OF_FILE = 0o170000

/** Unpacks stored and deflated files; no ZIP64, no links, nothing outside the folder. @throws Complaint */
export async function unzip(file, folder) {
  const entries = await directory(file)
  const total = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (total > MAX_UNPACKED_BYTES) throw badArchive(`${total} bytes when unpacked`)
  await mkdir(folder, { recursive: true })
  const seen = new Set()
  for (const entry of entries) {
    const target = safePath(folder, entry.name)
    if (seen.has(target)) throw badArchive('the same name twice')
    seen.add(target)
    if (entry.name.endsWith('/')) await mkdir(target, { recursive: true })
    else await unpack(file, entry, target)
  }
}

async function directory(file) {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const tail = await read(handle, Math.max(0, size - END_BYTES - MAX_COMMENT), size)
    let at = tail.length - END_BYTES
    while (at >= 0 && tail.readUInt32LE(at) !== END) at--
    if (at < 0) throw badArchive('it is not a ZIP file')
    const count = tail.readUInt16LE(at + 10)
    const bytes = tail.readUInt32LE(at + 12)
    const start = tail.readUInt32LE(at + 16)
    if (count > MAX_ENTRIES || bytes > MAX_DIRECTORY_BYTES || start + bytes > size) {
      throw badArchive('its directory')
    }
    const listed = readDirectory(await read(handle, start, start + bytes), count)
    for (const entry of listed) {
      const header = await read(handle, entry.at, entry.at + 30)
      if (header.length < 30 || header.readUInt32LE(0) !== LOCAL) throw badArchive(entry.name)
      entry.start = entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
      if (entry.start + entry.packed > size) throw badArchive(entry.name)
    }
    return listed
  } finally {
    await handle.close()
  }
}

async function read(handle, start, end) {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start)
  return buffer.subarray(0, bytesRead)
}

function readDirectory(bytes, count) {
  const entries = []
  let at = 0
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL)
      throw badArchive('its directory')
    const nameLength = bytes.readUInt16LE(at + 28)
    const entry = {
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      mode: bytes.readUInt32LE(at + 38) >>> 16,
      at: bytes.readUInt32LE(at + 42),
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
    }
    if (entry.flags & ENCRYPTED) throw badArchive('it is encrypted')
    if ((entry.mode & KIND_OF_FILE) === SYMBOLIC_LINK) throw badArchive('it holds a link')
    if (entry.method !== STORED && entry.method !== DEFLATED) throw badArchive('its compression')
    entries.push(entry)
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

async function unpack(file, entry, target) {
  await mkdir(path.dirname(target), { recursive: true })
  let size = 0
  let crc = 0
  const check = new Transform({
    transform(chunk, _encoding, done) {
      size += chunk.length
      crc = crc32(chunk, crc)
      // what the directory says is a promise, not a fact
      done(size > entry.size ? badArchive(`${entry.name} is larger than it says`) : null, chunk)
    },
  })
  const source =
    entry.packed === 0
      ? new PassThrough().end()
      : createReadStream(file, { start: entry.start, end: entry.start + entry.packed - 1 })
  const inflate =
    entry.method === DEFLATED && entry.packed > 0 ? createInflateRaw() : new PassThrough()
  await pipeline(source, inflate, check, createWriteStream(target, { flags: 'wx' })).catch(
    (error) => {
      throw error.zh ? error : badArchive(`${entry.name}: ${error.message}`)
    },
  )
  if (size !== entry.size || crc !== entry.crc) throw badArchive(`${entry.name} is damaged`)
}
