import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { fromALaw } from '../../codecs/a-law.ts'
import { fromMuLaw } from '../../codecs/mu-law.ts'
import type { WavEncoding, WavFormat } from '../../prompts/wav-header.ts'
import { readWavHeader } from '../../prompts/wav-header.ts'
import { SAMPLES_PER_MS } from '../frame.ts'
import type { Source } from './source.ts'

/** read at once: 1 s of PCM16 */
const BLOCK = 16_000
/** read ahead; a slow disk is heard only if it hangs for longer */
const AHEAD_SAMPLES = 16_000
const HEADER_BYTES = 4096

const PCM_FILE: WavFormat = {
  encoding: 'pcm16',
  channels: 1,
  sampleRate: 8000,
  dataFrom: 0,
  dataBytes: Infinity,
}

/**
 * Files one after the other, read ahead in blocks so that the clock never waits for the disk. Stereo files
 * (our recordings) are heard as the mean of their sides.
 */
export class FileSource implements Source {
  failed: string | undefined
  private readonly files: string[]
  private readonly loop: boolean
  private readonly blocks: Int16Array[] = []
  private at = 0
  private waiting = 0
  private toSkip: number
  private isComplete = false
  private isClosed = false
  /** the reader sleeps until something has been played */
  private wake: (() => void) | undefined

  constructor(files: string[], loop: boolean, fromMs: number) {
    this.files = files
    this.loop = loop
    this.toSkip = Math.round(fromMs * SAMPLES_PER_MS)
    this.readAhead().catch((error: Error) => {
      this.failed = error.message
      this.isComplete = true
    })
  }

  get ended(): boolean {
    return this.isComplete && !this.blocks.length
  }

  read(out: Int16Array, from: number): number {
    let i = from
    while (i < out.length) {
      const block = this.blocks[0]
      if (!block) break
      const count = Math.min(out.length - i, block.length - this.at)
      out.set(block.subarray(this.at, this.at + count), i)
      i += count
      this.at += count
      this.waiting -= count
      if (this.at === block.length) {
        this.blocks.shift()
        this.at = 0
      }
    }
    if (this.waiting < AHEAD_SAMPLES) this.wakeUp()
    return i - from
  }

  close(): void {
    this.isClosed = true
    this.isComplete = true
    this.blocks.length = 0
    this.wakeUp()
  }

  private wakeUp(): void {
    this.wake?.()
    this.wake = undefined
  }

  private async readAhead(): Promise<void> {
    do {
      let samples = 0
      for (const name of this.files) {
        const file = await open(name)
        try {
          samples += await this.readFile(file, name)
        } finally {
          await file.close()
        }
        if (this.isClosed) return
      }
      // a loop over nothing would never rest
      if (!samples) break
    } while (this.loop)
    this.isComplete = true
  }

  /** @returns samples in the file */
  private async readFile(file: FileHandle, name: string): Promise<number> {
    const format = name.endsWith('.pcm') ? PCM_FILE : await this.header(file, name)
    const width = format.channels * (format.encoding === 'pcm16' ? 2 : 1)
    const { size } = await file.stat()
    const end = Math.min(size, format.dataFrom + format.dataBytes)
    const total = Math.max(0, Math.floor((end - format.dataFrom) / width))
    let position = format.dataFrom + Math.min(this.toSkip, total) * width
    this.toSkip -= Math.min(this.toSkip, total)
    while (position + width <= end && !this.isClosed) {
      const wanted = Math.min(end - position, BLOCK)
      const bytes = Buffer.allocUnsafe(wanted - (wanted % width))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, position)
      if (bytesRead < width) break
      const pcm = toMono(bytes.subarray(0, bytesRead - (bytesRead % width)), format)
      position += bytesRead - (bytesRead % width)
      if (this.isClosed) break
      this.blocks.push(pcm)
      this.waiting += pcm.length
      if (this.waiting >= AHEAD_SAMPLES) await new Promise<void>((wake) => (this.wake = wake))
    }
    return total
  }

  private async header(file: FileHandle, name: string): Promise<WavFormat> {
    const start = Buffer.alloc(HEADER_BYTES)
    const { bytesRead } = await file.read(start, 0, HEADER_BYTES, 0)
    const format = readWavHeader(start.subarray(0, bytesRead))
    if (!format) throw new Error(`${name} is not WAV in PCM16, A-law or µ-law`)
    if (format.sampleRate !== 8000) throw new Error(`${name} is not at 8000 Hz`)
    return format
  }
}

function toMono(bytes: Buffer, { encoding, channels }: WavFormat): Int16Array {
  const samples = decode(bytes, encoding)
  if (channels === 1) return samples
  const mono = new Int16Array(samples.length / channels)
  for (let i = 0; i < mono.length; i++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) sum += samples[i * channels + channel]!
    mono[i] = sum / channels
  }
  return mono
}

function decode(bytes: Buffer, encoding: WavEncoding): Int16Array {
  if (encoding === 'pcm16') {
    // a copy, because a Buffer may begin at an odd place; WAV and every machine we run on are little-endian
    const samples = new Int16Array(bytes.length / 2)
    new Uint8Array(samples.buffer).set(bytes)
    return samples
  }
  const table = encoding === 'alaw' ? fromALaw : fromMuLaw
  return Int16Array.from(bytes, (code) => table[code]!)
}
