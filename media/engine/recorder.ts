import { close, open, write } from 'node:fs'
import { mkdir, statfs } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { WAV_HEADER, writeWavHeader } from '../prompts/wav-header.ts'
import { FRAME, FRAME_MS, saturate } from './frame.ts'
import type { RecordingLimits } from './messages.ts'

const openFile = promisify(open)
const closeFile = promisify(close)
const BYTES_PER_FRAME = FRAME * 4
const FRAMES_PER_WRITE = 50
/** a disk that hangs for longer ends the recording, not the call: 30 s are 1 MB */
const MAX_PENDING = 30
const SPACE_EVERY_FRAMES = 60 * FRAMES_PER_WRITE

export interface Recorded {
  durationMs: number
  bytes: number
}

/**
 * A stereo WAV of 8 kHz PCM16, written once a second: first the samples, then the header with the sizes that
 * hold then, so the file plays at every moment. After a kill -9 of the process everything written is there;
 * not synced before it is closed, so a power cut may take what the system had not written out (by default
 * Linux does after 30 s). Frames come from the worker's clock, so the length is right whatever the network
 * lost.
 */
export class Recorder {
  isPaused = false
  private readonly limits: RecordingLimits
  private readonly file: string
  private readonly failed: (reason: string) => void
  private fd: number | undefined
  private block = Buffer.alloc(FRAMES_PER_WRITE * BYTES_PER_FRAME)
  private used = 0
  private frames = 0
  private writtenBytes = 0
  private readonly pending: Buffer[] = []
  private writing: Promise<void> | undefined
  private hasEnded = false
  /** what is not yet written is given up */
  private isGivenUp = false

  /** `failed` is called at most once; the file is closed then */
  constructor(file: string, limits: RecordingLimits, failed: (reason: string) => void) {
    this.file = file
    this.limits = limits
    this.failed = failed
  }

  /** @throws the error of the file system */
  async open(): Promise<void> {
    const folder = path.dirname(this.file)
    await mkdir(folder, { recursive: true })
    if (!(await this.hasSpace())) throw new Error('the disk is full')
    this.fd = await openFile(this.file, 'w')
    await this.put(writeWavHeader(2, 8000, 0), 0)
  }

  /** One frame of the clock. */
  add(left: Int32Array, right: Int32Array): void {
    if (this.hasEnded || this.fd === undefined) return
    const { block } = this
    if (this.isPaused) block.fill(0, this.used, this.used + BYTES_PER_FRAME)
    else {
      for (let i = 0, at = this.used; i < FRAME; i++, at += 4) {
        const l = saturate(left[i]!)
        const r = saturate(right[i]!)
        block[at] = l
        block[at + 1] = l >> 8
        block[at + 2] = r
        block[at + 3] = r >> 8
      }
    }
    this.advance()
  }

  /** Frames the clock left out are silence. */
  skip(frames: number): void {
    for (let i = 0; i < frames && !this.hasEnded && this.fd !== undefined; i++) {
      this.block.fill(0, this.used, this.used + BYTES_PER_FRAME)
      this.advance()
    }
  }

  /** Writes what is left and closes. */
  async stop(): Promise<Recorded> {
    if (!this.hasEnded) this.flush()
    this.hasEnded = true
    await this.close()
    return {
      durationMs: (this.writtenBytes / BYTES_PER_FRAME) * FRAME_MS,
      bytes: this.writtenBytes + WAV_HEADER,
    }
  }

  private advance(): void {
    this.used += BYTES_PER_FRAME
    this.frames++
    if (this.used === this.block.length) this.flush()
    if (this.frames * FRAME_MS >= this.limits.maxMs) return this.end('it reached its longest time')
    if (this.frames % SPACE_EVERY_FRAMES === 0) void this.checkSpace()
  }

  private flush(): void {
    if (!this.used) return
    this.pending.push(this.block.subarray(0, this.used))
    this.block = Buffer.alloc(FRAMES_PER_WRITE * BYTES_PER_FRAME)
    this.used = 0
    if (this.pending.length > MAX_PENDING) return this.giveUp('the disk does not keep up')
    this.writing ??= this.writeAll().finally(() => (this.writing = undefined))
  }

  private async writeAll(): Promise<void> {
    try {
      for (let block = this.pending[0]; block && !this.isGivenUp; block = this.pending[0]) {
        await this.put(block, WAV_HEADER + this.writtenBytes)
        this.pending.shift()
        this.writtenBytes += block.length
        await this.put(writeWavHeader(2, 8000, this.writtenBytes), 0)
      }
    } catch (error) {
      this.giveUp((error as Error).message)
    }
  }

  private put(bytes: Buffer, position: number): Promise<void> {
    const { fd } = this
    return new Promise((resolve, reject) => {
      if (fd === undefined) return reject(new Error('the file is closed'))
      const from = (offset: number) =>
        write(fd, bytes, offset, bytes.length - offset, position + offset, (error, count) => {
          if (error) reject(error)
          else if (offset + count < bytes.length) from(offset + count)
          else resolve()
        })
      from(0)
    })
  }

  private async hasSpace(): Promise<boolean> {
    const { bavail, bsize } = await statfs(path.dirname(this.file))
    return bavail * bsize >= this.limits.minFreeBytes
  }

  private async checkSpace(): Promise<void> {
    const hasSpace = await this.hasSpace().catch(() => true)
    if (!hasSpace) this.end('the disk is full')
  }

  private end(reason: string): void {
    if (this.hasEnded) return
    this.flush()
    this.hasEnded = true
    void this.close()
    this.failed(reason)
  }

  private giveUp(reason: string): void {
    this.isGivenUp = true
    if (this.hasEnded) return
    this.hasEnded = true
    void this.close()
    this.failed(reason)
  }

  private async close(): Promise<void> {
    await this.writing
    const { fd } = this
    this.fd = undefined
    if (fd !== undefined) await closeFile(fd).catch(() => undefined)
  }
}
