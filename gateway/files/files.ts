/** Files people send: checked by their content, kept once, handed out by signed addresses only. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { fileTypeFromBuffer } from 'file-type'
import type { Part } from '../domain/message.ts'
import { fail } from '../errors.ts'
import { readBounded } from '../http/receive-upload.ts'
import { newId } from '../store/id.ts'
import type { StoredFile } from './model.ts'
import { FileModel } from './model.ts'

export const MAX_FILE_BYTES = 10 * 1024 * 1024
/** A signed address works this long at least, and changes once a day so that browsers may cache it. */
const ADDRESS_MS = 7 * 86_400_000
const DAY_MS = 86_400_000
const MAX_NAME_CHARS = 120

/** Never recognised, only put as a page: shown in a sandbox of its own (http/app.ts). */
export const PAGE_MIME = 'text/html'

/** What may be sent, by what the bytes are: the name and the browser's word count for nothing. */
const accepted: Record<string, StoredFile['kind']> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/gif': 'image',
  'image/webp': 'image',
  'audio/mpeg': 'audio',
  'audio/ogg': 'audio',
  'audio/ogg; codecs=opus': 'audio',
  'audio/wav': 'audio',
  'audio/x-m4a': 'audio',
  'audio/amr': 'audio',
  'audio/flac': 'audio',
  'audio/webm': 'audio',
  'video/mp4': 'video',
  'video/webm': 'video',
  'application/pdf': 'file',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'file',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'file',
  'text/plain': 'file',
}

export class Files {
  private readonly dir: string
  private readonly secret: string
  private readonly now: () => number

  constructor(options: { dataDir: string; secret: string; now: () => number }) {
    this.dir = path.join(options.dataDir, 'files')
    this.secret = options.secret
    this.now = options.now
  }

  /**
   * Reads at most MAX_FILE_BYTES, recognises the type, stores it durably; under `id` where it was promised.
   * @param page HTML our own code made harmless (channels/email/full-view.ts); HTML of others is refused
   */
  async put(
    stream: Readable,
    name: string,
    by: string,
    id = newId(),
    page = false,
  ): Promise<StoredFile> {
    const content = await readBounded(stream, MAX_FILE_BYTES, 'FILE_TOO_LARGE')
    if (!content.length) fail('FILE_EMPTY')
    const mime = page ? PAGE_MIME : await recognise(content)
    const kind = page ? 'file' : (accepted[mime] ?? fail('FILE_TYPE', { mime }))
    const sha256 = createHash('sha256').update(content).digest('hex')
    await this.write(sha256, content)
    const file: StoredFile = {
      _id: id,
      sha256,
      name: safeName(name),
      mime,
      bytes: content.length,
      kind,
      by,
      at: new Date(this.now()),
    }
    // fetched twice after a crash: it is the same one
    await FileModel.updateOne({ _id: id }, { $setOnInsert: file }, { upsert: true })
    return file
  }

  async find(id: string): Promise<StoredFile | undefined> {
    return (await FileModel.findById(id).lean<StoredFile>()) ?? undefined
  }

  /** Its bytes go too, unless they are those of another file. */
  async remove(id: string): Promise<void> {
    const file = await FileModel.findByIdAndDelete(id).lean<StoredFile>()
    if (!file) return
    const { sha256 } = file
    const path = this.pathOf(sha256)
    const aside = `${path}.${newId()}`
    if (await FileModel.exists({ sha256 })) return
    await rename(path, aside).catch(() => undefined)
    // the same content may have come in again a moment ago
    if (await FileModel.exists({ sha256 })) await rename(aside, path).catch(() => undefined)
    else await rm(aside, { force: true })
  }

  /** Where the bytes are. */
  localPath({ sha256 }: Pick<StoredFile, 'sha256'>): string {
    return this.pathOf(sha256)
  }

  read(file: StoredFile): Readable {
    return createReadStream(this.pathOf(file.sha256))
  }

  /** `/files/<id>?until=…&sig=…` */
  address(blobId: string): string {
    const until = Math.ceil((this.now() + ADDRESS_MS) / DAY_MS) * DAY_MS
    return `/files/${blobId}?until=${until}&sig=${this.sign(blobId, until)}`
  }

  mayRead(blobId: string, until: string, sig: string): boolean {
    const untilMs = Number(until)
    if (!Number.isSafeInteger(untilMs) || untilMs < this.now()) return false
    const expected = Buffer.from(this.sign(blobId, untilMs))
    const given = Buffer.from(sig)
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  /** The parts of a message as a browser needs them. */
  withAddresses<P extends Part>(
    parts: P[],
  ): (Exclude<P, { type: 'media' }> | (Extract<P, { type: 'media' }> & { url: string }))[] {
    return parts.map((part) =>
      part.type === 'media' ? { ...part, url: this.address(part.blobId) } : part,
    ) as never
  }

  private sign(blobId: string, until: number): string {
    return createHmac('sha256', this.secret).update(`file|${blobId}|${until}`).digest('base64url')
  }

  private pathOf(sha256: string): string {
    return path.join(this.dir, sha256.slice(0, 2), sha256)
  }

  /** Complete or not there at all: written aside, forced to disk, then renamed. */
  private async write(sha256: string, content: Buffer): Promise<void> {
    const target = this.pathOf(sha256)
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
    const aside = `${target}.${newId()}`
    try {
      await writeFile(aside, content, { mode: 0o600, flush: true })
      await rename(aside, target)
      const folder = await open(path.dirname(target))
      await folder.sync().finally(() => folder.close())
    } catch (error) {
      await rm(aside, { force: true })
      throw error
    }
  }
}

async function recognise(content: Buffer): Promise<string> {
  // the byte order mark of UTF-16 looks like the first frame of an MP3
  const mark = content.subarray(0, 2).toString('hex')
  if (mark === 'fffe' || mark === 'feff') return 'application/octet-stream'
  const type = await fileTypeFromBuffer(content)
  if (type) return type.mime
  // no signature: plain text, if it decodes as such
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    // eslint-disable-next-line no-control-regex -- binary content that happens to be valid UTF-8
    if (!/[\u0000-\u0008\u000e-\u001f]/.test(text) && !/^\s*</.test(text)) return 'text/plain'
  } catch {
    // not UTF-8
  }
  return 'application/octet-stream'
}

/** A file name for showing and saving; paths, control and direction marks are taken out. */
export function safeName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '')
    .replace(/^\.+/, '')
    .trim()
  // whole characters: half a surrogate pair cannot be written down
  return [...clean].slice(-MAX_NAME_CHARS).join('') || 'file'
}
