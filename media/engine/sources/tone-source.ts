import { SAMPLES_PER_MS, saturate } from '../frame.ts'
import type { Source } from './source.ts'

export interface Tone {
  hz: number[]
  onMs: number
  offMs: number
  /** share of full scale of all frequencies together */
  level?: number
}

const LEVEL = 0.25

/** One on and off of a tone, or with `loop` for ever; with `offMs: 0` then without a break. */
export class ToneSource implements Source {
  readonly failed = undefined
  private readonly steps: number[]
  private readonly peak: number
  private readonly onSamples: number
  private readonly period: number
  private readonly loop: boolean
  private at: number

  constructor(tone: Tone, loop: boolean, fromMs: number) {
    this.steps = tone.hz.map((hz) => (2 * Math.PI * hz) / 8000)
    this.peak = ((tone.level ?? LEVEL) * 32_767) / Math.max(1, tone.hz.length)
    this.onSamples = Math.round(tone.onMs * SAMPLES_PER_MS)
    this.period = this.onSamples + Math.round(tone.offMs * SAMPLES_PER_MS)
    this.loop = loop
    this.at = Math.round(fromMs * SAMPLES_PER_MS)
  }

  get ended(): boolean {
    return this.period <= 0 || (!this.loop && this.at >= this.period)
  }

  read(out: Int16Array, from: number): number {
    let i = from
    for (; i < out.length && !this.ended; i++, this.at++) {
      let sample = 0
      if (this.at % this.period < this.onSamples) {
        for (const step of this.steps) sample += Math.sin(step * this.at)
      }
      out[i] = saturate(sample * this.peak)
    }
    return i - from
  }

  close(): void {
    this.at = this.period
  }
}
