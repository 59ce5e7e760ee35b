import { SAMPLES_PER_MS } from '../frame.ts'
import type { Source } from './source.ts'

export class SilenceSource implements Source {
  readonly failed = undefined
  private left: number

  constructor(silenceMs: number) {
    this.left = Math.max(0, Math.round(silenceMs * SAMPLES_PER_MS))
  }

  get ended(): boolean {
    return this.left === 0
  }

  read(out: Int16Array, from: number): number {
    const count = Math.min(this.left, out.length - from)
    out.fill(0, from, from + count)
    this.left -= count
    return count
  }

  close(): void {
    this.left = 0
  }
}
