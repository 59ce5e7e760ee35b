/** What somebody on the line hears, and waiting for it. */
import { PATIENCE_MS } from './patience.ts'

/** a frame louder than that is no silence */
const LOUD = 200
/** sound is something else than a tone after a second */
const OTHER_CHUNKS = 10

export class Ear {
  /** what was heard, 100 ms each, newest last */
  protected readonly heard: Int16Array[] = []
  private waiters: (() => void)[] = []
  private readonly name: string

  constructor(name: string) {
    this.name = name
  }

  hear(pcm: Int16Array): void {
    this.heard.push(pcm)
    if (this.heard.length > 300) this.heard.shift()
    this.stir()
  }

  /** From now on: only what comes after counts. */
  forget(): void {
    this.heard.length = 0
  }

  async hearsSound(): Promise<void> {
    await this.until(() => this.heard.some((pcm) => rms(pcm) > LOUD), 'any sound')
  }

  async hearsSilence(chunks = 5): Promise<void> {
    await this.until(
      () =>
        this.heard.length >= chunks && this.heard.slice(-chunks).every((pcm) => rms(pcm) < LOUD),
      'silence',
    )
  }

  /** @param share of what is heard; less than half where several speak */
  async hearsTone(hz: number, share = 0.5): Promise<void> {
    await this.until(() => this.toneLevel(hz) > share, `a tone of ${hz} Hz`)
  }

  /** A tone that is played once and not for long, to its end; what was heard up to then is forgotten. */
  async hearsToneOnce(hz: number): Promise<void> {
    await this.hearsTone(hz, 0.4)
    await this.until(
      () => this.heard.slice(-2).every((pcm) => share(pcm, hz) < 0.1),
      `the end of the tone of ${hz} Hz`,
    )
    this.forget()
  }

  /** Music, an announcement, speech: loud for a while, and none of these tones. */
  async hearsOtherThan(...tones: number[]): Promise<void> {
    await this.until(() => {
      const recent = this.heard.slice(-OTHER_CHUNKS)
      const loud = recent.filter((pcm) => rms(pcm) > LOUD).length
      const toneless = tones.every((hz) => recent.every((pcm) => share(pcm, hz) < 0.1))
      return recent.length === OTHER_CHUNKS && loud > OTHER_CHUNKS / 2 && toneless
    }, `sound without ${tones.join()} Hz`)
  }

  /** Share of the last half second's energy at that frequency, 0 … 1. */
  toneLevel(hz: number): number {
    const recent = this.heard.slice(-5)
    if (recent.length < 5) return 0
    const levels = recent.map((pcm) => share(pcm, hz))
    return levels.reduce((sum, level) => sum + level, 0) / levels.length
  }

  async until(holds: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    while (!holds()) {
      const leftMs = deadline - Date.now()
      if (leftMs <= 0) throw new Error(`${this.name} waited in vain for ${what}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs)
        this.waiters.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  protected stir(): void {
    for (const wake of this.waiters.splice(0)) wake()
  }
}

/** A tenth of a second that is no silence. */
export const isLoud = (pcm: Int16Array): boolean => rms(pcm) > LOUD

function rms(pcm: Int16Array): number {
  let sum = 0
  for (const sample of pcm) sum += sample * sample
  return Math.sqrt(sum / pcm.length)
}

/** Goertzel: energy at one frequency as a share of all. */
function share(pcm: Int16Array, hz: number): number {
  const w = 2 * Math.cos((2 * Math.PI * hz) / 8000)
  let [a, b, all] = [0, 0, 0]
  for (const sample of pcm) {
    const next = sample + w * a - b
    b = a
    a = next
    all += sample * sample
  }
  if (all < LOUD * LOUD * pcm.length) return 0
  return (2 * (a * a + b * b - w * a * b)) / (all * pcm.length)
}
