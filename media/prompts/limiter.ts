/** −3 dBFS: passes G.711 and the gain of a gateway behind us without clipping */
export const CEILING = 32_768 * 10 ** (-3 / 20)
/** samples; 5 ms at 8 kHz */
const LOOK_AHEAD = 40
/** per sample; half of the way back in 43 ms */
const RELEASE = 0.002

/**
 * Amplifies speech by a fixed gain and keeps its peaks at or below the ceiling, seeing them 5 ms ahead. So a
 * voice is equally loud in every prompt; dividing each prompt by its own peak would make short ones jump out.
 */
export class Limiter {
  private readonly amplify: number
  private readonly delayed = new Float32Array(LOOK_AHEAD)
  private readonly needed = new Float32Array(LOOK_AHEAD).fill(1)
  private readonly held = new Float32Array(LOOK_AHEAD).fill(1)
  private gain = 1
  private sum = LOOK_AHEAD
  private at = 0
  private waiting = 0

  constructor(amplify: number) {
    this.amplify = amplify
  }

  /** Output comes 5 ms later than its input; `flush` has the rest. */
  push(input: Float32Array): Int16Array {
    const skip = Math.min(LOOK_AHEAD - 1 - this.waiting, input.length)
    this.waiting += skip
    const output = new Int16Array(input.length - skip)
    for (let i = 0; i < input.length; i++) {
      const sample = this.next(input[i]! * this.amplify)
      if (i >= skip) output[i - skip] = sample
    }
    return output
  }

  flush(): Int16Array {
    const output = this.push(new Float32Array(LOOK_AHEAD - 1))
    this.waiting = 0
    return output
  }

  private next(sample: number): number {
    const { delayed, needed, held, at } = this
    delayed[at] = sample
    needed[at] = Math.min(1, CEILING / Math.abs(sample))
    let lowest = 1
    for (let i = 0; i < LOOK_AHEAD; i++) lowest = Math.min(lowest, needed[i]!)
    this.gain = Math.min(lowest, this.gain + (1 - this.gain) * RELEASE)
    // the mean of gains that are each low enough for the sample about to leave is low enough, and smooth
    this.sum += this.gain - held[at]!
    held[at] = this.gain
    this.at = (at + 1) % LOOK_AHEAD
    return Math.round((delayed[this.at]! * this.sum) / LOOK_AHEAD)
  }
}
