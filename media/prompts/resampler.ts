/**
 * Changes the rate of mono audio by a polyphase FIR: of the low-pass filter at the common multiple of both
 * rates only the taps that meet a sample are ever computed. Feed it in pieces; what belongs together stays
 * together across their borders. Samples in and out are floats at any scale.
 */
export class Resampler {
  private readonly phases: Float32Array[]
  private readonly taps: number
  private readonly up: number
  private readonly down: number
  private history: Float32Array
  /** position of the next output, in input samples × up, relative to the start of `history` */
  private position: number

  constructor(fromHz: number, toHz: number) {
    const divisor = greatestCommonDivisor(fromHz, toHz)
    this.up = toHz / divisor
    this.down = fromHz / divisor
    const { phases, taps } = filterBank(fromHz, toHz, this.up)
    this.phases = phases
    this.taps = taps
    // half a filter of silence in front, so that the first output stands at the first input
    this.history = new Float32Array(taps >> 1)
    this.position = 0
  }

  /** @returns what can be said for certain so far; the end is held back until more comes or `flush` */
  push(input: ArrayLike<number>): Float32Array {
    const samples = new Float32Array(this.history.length + input.length)
    samples.set(this.history)
    samples.set(input, this.history.length)
    const { up, down, taps } = this
    const room = (samples.length - taps) * up - this.position
    const output = new Float32Array(room < 0 ? 0 : Math.floor(room / down) + 1)
    for (let i = 0; i < output.length; i++) {
      const start = Math.floor(this.position / up)
      const phase = this.phases[this.position - start * up]!
      let sum = 0
      for (let tap = 0; tap < taps; tap++) sum += phase[tap]! * samples[start + tap]!
      output[i] = sum
      this.position += down
    }
    const used = Math.min(Math.floor(this.position / up), samples.length)
    this.history = samples.slice(used)
    this.position -= used * up
    return output
  }

  /** The rest, as if silence followed. */
  flush(): Float32Array {
    return this.push(new Float32Array(this.taps - (this.taps >> 1)))
  }
}

/** All at once. @returns input.length × toHz / fromHz samples, rounded up by at most one */
export function resample(input: ArrayLike<number>, fromHz: number, toHz: number): Float32Array {
  if (fromHz === toHz) return Float32Array.from(input)
  const resampler = new Resampler(fromHz, toHz)
  const body = resampler.push(input)
  const tail = resampler.flush()
  const output = new Float32Array(body.length + tail.length)
  output.set(body)
  output.set(tail, body.length)
  return output.subarray(0, Math.ceil((input.length * toHz) / fromHz))
}

/** Zero crossings of the sinc on each side: at 16 the stop band lies below −70 dB (test/media/prompts). */
const CROSSINGS = 16
/** Kaiser β for about −75 dB */
const BETA = 7.5
/** part of the lower Nyquist frequency that passes: the rest is the filter's slope */
const PASS = 0.91

function filterBank(fromHz: number, toHz: number, up: number) {
  const cutoff = (Math.min(fromHz, toHz) * PASS) / fromHz
  const taps = 2 * Math.ceil(CROSSINGS / cutoff)
  const phases = Array.from({ length: up }, (_, phase) => {
    const filter = new Float32Array(taps)
    let sum = 0
    for (let tap = 0; tap < taps; tap++) {
      const x = tap - taps / 2 - phase / up
      const value = cutoff * sinc(cutoff * x) * kaiser(x / (taps / 2))
      filter[tap] = value
      sum += value
    }
    // every phase passes a constant unchanged: without this the phases ripple against each other
    for (let tap = 0; tap < taps; tap++) filter[tap]! /= sum
    return filter
  })
  return { phases, taps }
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

const kaiser = (x: number) =>
  Math.abs(x) > 1 ? 0 : bessel0(BETA * Math.sqrt(1 - x * x)) / bessel0(BETA)

/** Modified Bessel function of order 0, by its series. */
function bessel0(x: number): number {
  let sum = 1
  let term = 1
  for (let k = 1; term > 1e-9 * sum; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
