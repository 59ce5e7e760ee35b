import { SAMPLES_PER_MS } from '../frame.ts'
import type { Source } from './source.ts'

/** PCM that comes in chunks from the main thread, which is told as they are played (back-pressure). */
export class StreamSource implements Source {
  failed: string | undefined
  private readonly chunks: Int16Array[] = []
  private readonly consumed: (samples: number) => void
  private at = 0
  private isComplete = false
  private toSkip: number

  constructor(fromMs: number, consumed: (samples: number) => void) {
    this.toSkip = Math.round(fromMs * SAMPLES_PER_MS)
    this.consumed = consumed
  }

  push(pcm: Int16Array): void {
    const skipped = Math.min(this.toSkip, pcm.length)
    this.toSkip -= skipped
    if (skipped) this.consumed(skipped)
    if (skipped < pcm.length) this.chunks.push(skipped ? pcm.subarray(skipped) : pcm)
  }

  /** no more will come; `failed`: because it could not be made. What is there is still played. */
  complete(failed: boolean): void {
    this.isComplete = true
    if (failed) this.failed = 'the stream broke off'
  }

  get ended(): boolean {
    return this.isComplete && !this.chunks.length
  }

  read(out: Int16Array, from: number): number {
    let i = from
    while (i < out.length) {
      const chunk = this.chunks[0]
      if (!chunk) break
      const count = Math.min(out.length - i, chunk.length - this.at)
      out.set(chunk.subarray(this.at, this.at + count), i)
      i += count
      this.at += count
      if (this.at === chunk.length) {
        this.chunks.shift()
        this.at = 0
        this.consumed(chunk.length)
      }
    }
    return i - from
  }

  close(): void {
    this.isComplete = true
    this.chunks.length = 0
  }
}
