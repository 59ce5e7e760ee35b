import type { PlayEnd } from '../media.ts'
import { FRAME, saturate } from './frame.ts'
import type { Source } from './sources/source.ts'

/** What plays is lowered to this under an announcement (-12 dB), within a fifth of a second. */
const DUCKED = 0.25
const RAMP = (1 - DUCKED) / 10

export interface PlayingOptions {
  gain: number
  over: boolean
}

interface Playing {
  id: string
  source: Source
  gain: number
  isPaused: boolean
}

type Ended = (playback: string, end: PlayEnd, reason?: string) => void

/** What is played to one leg: one thing, and one more over it. */
export class Player {
  private main: Playing | undefined
  private over: Playing | undefined
  private duck = 1
  private readonly out = new Int16Array(FRAME)
  private readonly frame = new Int16Array(FRAME)
  private readonly ended: Ended

  constructor(ended: Ended) {
    this.ended = ended
  }

  play(id: string, source: Source, { gain, over }: PlayingOptions): void {
    this.finish('over', 'replaced')
    if (!over) this.finish('main', 'replaced')
    this[over ? 'over' : 'main'] = { id, source, gain, isPaused: false }
  }

  pause(id: string, on: boolean): void {
    for (const playing of [this.main, this.over]) {
      if (playing?.id === id) playing.isPaused = on
    }
  }

  /** without an id everything */
  stop(id?: string, end: PlayEnd = 'stopped'): void {
    for (const place of ['main', 'over'] as const) {
      if (this[place] && (id === undefined || this[place].id === id)) this.finish(place, end)
    }
  }

  /** The source of a playback that is still wanted. */
  source(id: string): Source | undefined {
    return [this.main, this.over].find((playing) => playing?.id === id)?.source
  }

  /** @returns the next frame, or undefined where nothing plays; valid until the next call */
  next(): Int16Array | undefined {
    if (!this.main && !this.over) return undefined
    const { out } = this
    const wasDuck = this.duck
    this.duck = this.over ? Math.max(DUCKED, this.duck - RAMP) : Math.min(1, this.duck + RAMP)
    out.fill(0)
    this.mix('main', wasDuck, this.duck)
    this.mix('over', 1, 1)
    return out
  }

  private mix(place: 'main' | 'over', from: number, to: number): void {
    const playing = this[place]
    if (!playing || playing.isPaused) return
    const { out, frame } = this
    // as a rule one thing plays, as loud as it is
    const isAsItIs = playing.gain === 1 && from === 1 && to === 1 && place === 'main'
    const count = playing.source.read(isAsItIs ? out : frame, 0)
    const step = ((to - from) / FRAME) * playing.gain
    let gain = from * playing.gain
    for (let i = 0; i < count && !isAsItIs; i++, gain += step) {
      out[i] = saturate(out[i]! + frame[i]! * gain)
    }
    if (playing.source.ended) {
      this.finish(place, playing.source.failed ? 'failed' : 'finished', playing.source.failed)
    }
  }

  private finish(place: 'main' | 'over', end: PlayEnd, reason?: string): void {
    const playing = this[place]
    if (!playing) return
    this[place] = undefined
    playing.source.close()
    this.ended(playing.id, end, reason)
  }
}
