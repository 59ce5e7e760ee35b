import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Complaint, say } from './words.mjs'

/** the largest model of vosk has 2.3 GB */
const MAX_BYTES = 4 * 1024 ** 3
const SHOW_EVERY_MS = 1000

/** @param bytes what is expected, if known. @throws Complaint */
export async function download(url, file, bytes) {
  say(`正在下载 ${url}`, `Downloading ${url}`)
  const response = await globalThis.fetch(url, { redirect: 'follow' }).catch((error) => {
    const reason = error.cause?.code ?? error.cause?.message ?? error.message
    throw failed(url, reason)
  })
  if (!response.ok || !response.body) throw failed(url, `HTTP ${response.status}`)
  const total = Number(response.headers.get('content-length')) || bytes
  let received = 0
  let shownMs = 0
  const progress = new Transform({
    transform(chunk, _encoding, done) {
      received += chunk.length
      const now = Date.now()
      if (now - shownMs >= SHOW_EVERY_MS || received === total) {
        shownMs = now
        show(received, total)
      }
      // a known file of another size is another file: stop before the disk is full
      done(received > (bytes ?? MAX_BYTES) ? new Error('larger than expected') : null, chunk)
    },
  })
  try {
    await pipeline(Readable.fromWeb(response.body), progress, createWriteStream(file))
  } catch (error) {
    throw failed(url, error.message)
  }
}

function show(received, total) {
  const megabytes = (number) => (number / 1e6).toFixed(1)
  const share = total
    ? ` / ${megabytes(total)} MB (${Math.floor((received / total) * 100)} %)`
    : ' MB'
  console.log(`  ${megabytes(received)}${share}`)
}

function failed(url, reason) {
  return new Complaint(
    `下载失败(${reason})。可在能上网的电脑下载 ${url},再用 --from 文件 安装。`,
    `The download failed (${reason}). Download ${url} on a machine that can, then install it with --from <file>.`,
  )
}
