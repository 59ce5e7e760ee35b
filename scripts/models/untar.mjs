import { Buffer } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { badArchive, MAX_ENTRIES, MAX_UNPACKED_BYTES, safePath } from './safe-path.mjs'

// POSIX.1-2017, pax: ustar interchange format
const BLOCK = 512
const NAME = [0, 100]
const SIZE = [124, 136]
const CHECKSUM = [148, 156]
const KIND = 156
const PREFIX = [345, 500]

/** Unpacks a .tar.gz of plain files and folders; no links, nothing outside the folder. @throws Complaint */
export async function untar(file, folder) {
  await mkdir(folder, { recursive: true })
  const reader = createReader(folder)
  try {
    await pipeline(createReadStream(file), createGunzip(), async (bytes) => {
      for await (const chunk of bytes) await reader.take(chunk)
    })
  } catch (error) {
    throw error.zh ? error : badArchive(error.message)
  } finally {
    await reader.close()
  }
}

function createReader(folder) {
  let waiting = Buffer.alloc(0)
  let handle
  let left = 0
  let padding = 0
  let entries = 0
  let total = 0
  const seen = new Set()

  async function header(block) {
    if (block.every((byte) => byte === 0)) return
    const text = ([from, to]) => block.toString('utf8', from, to).split('\0')[0]
    const number = (range) => Number.parseInt(text(range).trim() || '0', 8)
    const sum = block.reduce(
      (all, byte, at) => all + (at >= CHECKSUM[0] && at < CHECKSUM[1] ? 32 : byte),
      0,
    )
    if (sum !== number(CHECKSUM)) throw badArchive('it is not a tar file')
    const kind = String.fromCharCode(block[KIND])
    const name = [text(PREFIX), text(NAME)].filter(Boolean).join('/')
    const size = number(SIZE)
    if (!Number.isSafeInteger(size) || size < 0) throw badArchive('a size in it')
    total += size
    if (++entries > MAX_ENTRIES || total > MAX_UNPACKED_BYTES) throw badArchive('its size')
    if (kind === '5') {
      // `./` is the folder itself
      if (name.replace(/[./]/g, '') !== '' || name.includes('..'))
        await mkdir(safePath(folder, name), { recursive: true })
      return
    }
    if (kind !== '0' && kind !== '\0') throw badArchive(`an entry of kind ${JSON.stringify(kind)}`)
    const target = safePath(folder, name)
    if (seen.has(target)) throw badArchive('the same name twice')
    seen.add(target)
    await mkdir(path.dirname(target), { recursive: true })
    handle = await open(target, 'wx')
    left = size
    padding = (BLOCK - (size % BLOCK)) % BLOCK
    if (left === 0) await finish()
  }
  async function finish() {
    await handle?.close()
    handle = undefined
  }

  return {
    async take(chunk) {
      waiting = waiting.length ? Buffer.concat([waiting, chunk]) : chunk
      for (;;) {
        if (left > 0) {
          const part = waiting.subarray(0, left)
          if (part.length === 0) return
          await handle.write(part)
          left -= part.length
          waiting = waiting.subarray(part.length)
          if (left === 0) await finish()
        } else if (padding > 0) {
          const skipped = Math.min(padding, waiting.length)
          if (skipped === 0) return
          padding -= skipped
          waiting = waiting.subarray(skipped)
        } else {
          if (waiting.length < BLOCK) return
          const block = waiting.subarray(0, BLOCK)
          waiting = waiting.subarray(BLOCK)
          await header(block)
        }
      }
    },
    async close() {
      const cut = left > 0
      await finish()
      if (cut) throw badArchive('it ends in the middle of a file')
    },
  }
}
