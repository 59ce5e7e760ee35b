import { FRAME } from './frame.ts'

/** pitch between 200 and 50 Hz */
const SHORTEST = 40
const LONGEST = 160
/** after 60 ms the rest is silence, as G.711 Appendix I does it */
const FADE = 3 * FRAME

/**
 * Fills lost frames: the last pitch period is repeated and fades away (after G.711 Appendix I, without its
 * overlap at the start). Costs nothing while nothing is lost.
 */
export class Concealment {
  private readonly period = new Float32Array(LONGEST)
  private length = 0
  private made = 0

  /** @param history the 320 samples before the gap; asked for only at its beginning */
  fill(out: Int16Array, history: () => Int16Array): void {
    if (!this.length) this.takePeriod(history())
    for (let i = 0; i < FRAME; i++, this.made++) {
      const fade = 1 - this.made / FADE
      out[i] = fade > 0 ? this.period[this.made % this.length]! * fade : 0
    }
  }

  get active(): boolean {
    return this.length > 0
  }

  /** nothing is left to be heard */
  get faded(): boolean {
    return this.made >= FADE
  }

  /** The first frame after the gap: fades over from what was made up, so that there is no click. */
  join(frame: Int16Array): void {
    const overlap = 32
    for (let i = 0; i < overlap; i++, this.made++) {
      const share = i / overlap
      const fade = Math.max(0, 1 - this.made / FADE)
      const made = this.period[this.made % this.length]! * fade
      frame[i] = frame[i]! * share + made * (1 - share)
    }
    this.length = 0
    this.made = 0
  }

  private takePeriod(history: Int16Array): void {
    const end = history.length
    let best = -Infinity
    this.length = SHORTEST
    for (let lag = SHORTEST; lag <= LONGEST; lag++) {
      let product = 0
      let energy = 1
      for (let i = end - LONGEST; i < end; i += 2) {
        product += history[i]! * history[i - lag]!
        energy += history[i - lag]! ** 2
      }
      const likeness = product / Math.sqrt(energy)
      if (likeness > best) {
        best = likeness
        this.length = lag
      }
    }
    for (let i = 0; i < this.length; i++) this.period[i] = history[end - this.length + i]!
    this.made = 0
  }
}
