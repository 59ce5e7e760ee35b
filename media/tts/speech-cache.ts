import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { WAV_HEADER, writeWavHeader } from '../prompts/wav-header.ts'
import type { Sound } from './cache-key.ts'

const RATE_HZ = 8000
/** A file whose name was just given away is not removed before a worker can have opened it. */
const GRACE_MS = 60_000
/** how exactly the order of use is kept over a restart */
const TOUCH_MS = 60_000

export interface Kept {
  file: string
  durationMs: number
}

interface Entry {
  bytes: number
  usedMs: number
  touchedMs: number
  /** size and time of the file when its sum was last right */
  verified?: string
}

interface Sidecar {
  sha256: string
  bytes: number
  durationMs: number
  /** for people who look into the folder */
  sound: Sound
}

export interface SpeechCacheOptions {
  dir: string
  maxBytes: number
  now: () => number
  onError: (error: unknown) => void
}

/**
 * Spoken texts on disk: `<dir>/<aa>/<key>.wav`, and beside it a `.json` that is written last and holds the
 * file's sum. So a process that is killed leaves nothing that is taken for whole, and what has gone bad on
 * the disk is made again. Least recently used go first.
 */
export class SpeechCache {
  private readonly options: SpeechCacheOptions
  /** in order of use, the oldest first */
  private readonly entries = new Map<string, Entry>()
  private readonly scanned: Promise<void>
  private bytes = 0
  private written = 0

  constructor(options: SpeechCacheOptions) {
    this.options = options
    this.scanned = this.scan().catch((error: unknown) => options.onError(error))
  }

  /** undefined: not kept, or no longer as it was written */
  async find(key: string): Promise<Kept | undefined> {
    const file = this.fileOf(key)
    const sidecar = await readSidecar(file)
    if (!sidecar) return undefined
    const known = this.entries.get(key)
    const verified = await verify(file, sidecar, known?.verified)
    if (!verified) {
      await this.remove(key)
      return undefined
    }
    const now = this.options.now()
    const touched = known?.touchedMs ?? 0
    const touch = now - touched > TOUCH_MS
    this.use(key, { bytes: sidecar.bytes, usedMs: now, touchedMs: touch ? now : touched, verified })
    if (touch) await utimes(sidecarOf(file), now / 1000, now / 1000).catch(() => undefined)
    return { file, durationMs: sidecar.durationMs }
  }

  /** @throws the file system's errors: a full disk, no rights */
  async keep(key: string, frames: Int16Array[], sound: Sound): Promise<Kept> {
    const file = this.fileOf(key)
    const wav = wavOf(frames)
    const durationMs = Math.round(((wav.length - WAV_HEADER) / 2 / RATE_HZ) * 1000)
    const sha256 = sumOf(wav)
    const sidecar: Sidecar = { sha256, bytes: wav.length, durationMs, sound }
    await mkdir(path.dirname(file), { recursive: true })
    await this.replace(file, wav)
    await this.replace(sidecarOf(file), JSON.stringify(sidecar))
    const now = this.options.now()
    this.use(key, { bytes: wav.length, usedMs: now, touchedMs: now })
    await this.shrink()
    return { file, durationMs }
  }

  private fileOf(key: string): string {
    return path.join(this.options.dir, key.slice(0, 2), `${key}.wav`)
  }

  private async replace(file: string, content: Buffer | string): Promise<void> {
    const temporary = `${file}.${process.pid}-${this.written++}.tmp`
    try {
      await writeFile(temporary, content)
      await rename(temporary, file)
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined)
      throw error
    }
  }

  private use(key: string, entry: Entry): void {
    this.bytes += entry.bytes - (this.entries.get(key)?.bytes ?? 0)
    this.entries.delete(key)
    this.entries.set(key, entry)
  }

  private async remove(key: string): Promise<void> {
    const file = this.fileOf(key)
    this.bytes -= this.entries.get(key)?.bytes ?? 0
    this.entries.delete(key)
    // what says that the file is whole goes first
    await rm(sidecarOf(file), { force: true })
    await rm(file, { force: true })
  }

  private async shrink(): Promise<void> {
    await this.scanned
    const before = this.options.now() - GRACE_MS
    for (const [key, { usedMs }] of this.entries) {
      if (this.bytes <= this.options.maxBytes || usedMs > before) return
      await this.remove(key)
    }
  }

  /** What earlier processes left: the order of use, and remains of writing to be cleared away. */
  private async scan(): Promise<void> {
    const { dir } = this.options
    await mkdir(dir, { recursive: true })
    const found: [key: string, entry: Entry][] = []
    for (const folder of await readdir(dir)) {
      if (!/^[\da-f]{2}$/.test(folder)) continue
      const names = new Set(await readdir(path.join(dir, folder)))
      for (const name of names) {
        const full = path.join(dir, folder, name)
        const [key = '', ending] = name.split('.')
        if (name.endsWith('.tmp')) {
          // of this process: it is being written
          if (!name.includes(`.${process.pid}-`)) await rm(full, { force: true })
        } else if (ending === 'json' && names.has(`${key}.wav`)) {
          const [side, wav] = await Promise.all([sizeOf(full), sizeOf(this.fileOf(key))])
          const usedMs = side?.mtimeMs ?? 0
          found.push([key, { bytes: wav?.size ?? 0, usedMs, touchedMs: usedMs }])
        }
      }
    }
    found.sort(([, a], [, b]) => a.usedMs - b.usedMs)
    const newer = [...this.entries]
    this.entries.clear()
    this.bytes = 0
    for (const [key, entry] of [...found, ...newer]) this.use(key, entry)
  }
}

const sidecarOf = (file: string) => file.replace(/\.wav$/, '.json')
const sumOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const sizeOf = (file: string) => stat(file).catch(() => undefined)

async function readSidecar(file: string): Promise<Sidecar | undefined> {
  try {
    const sidecar = JSON.parse(await readFile(sidecarOf(file), 'utf8')) as Partial<Sidecar>
    const { sha256, bytes, durationMs } = sidecar
    const whole = typeof sha256 === 'string' && Number(bytes) > 0 && Number(durationMs) >= 0
    return whole ? (sidecar as Sidecar) : undefined
  } catch {
    return undefined
  }
}

/** @returns what to hand in next time, so that the sum is computed once per process; undefined if it is wrong */
async function verify(file: string, { bytes, sha256 }: Sidecar, before: string | undefined) {
  const found = await sizeOf(file)
  if (found?.size !== bytes) return undefined
  const mark = `${found.size} ${found.mtimeMs}`
  if (mark === before) return mark
  const content = await readFile(file).catch(() => undefined)
  return content && sumOf(content) === sha256 ? mark : undefined
}

function wavOf(frames: Int16Array[]): Buffer {
  const parts = frames.map((frame) => Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength))
  const bytes = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([writeWavHeader(1, RATE_HZ, bytes), ...parts])
}
