import { HIGH_HZ, LOW_HZ, keyOf } from './dtmf-tones.ts'
import { FRAME } from './frame.ts'

/** a window of 20 ms every 10 ms */
const WINDOW = FRAME
const HOP = FRAME / 2
/** 40 ms of tone are a key (ITU-T Q.24), 40 ms without it its end */
const HITS_TO_BEGIN = 3
const MISSES_TO_END = 4
/** -36 dBm0, in mean square */
const MIN_POWER = 70_000
/** share of all the energy that must lie in the two tones; speech spreads it */
const MIN_SHARE = 0.8
/** high over low at most 4 dB, low over high at most 8 dB (Q.24), each with 2 dB of tolerance */
const MAX_TWIST = 10 ** 0.6
const MAX_REVERSE_TWIST = 10
/** the strongest of a group over the next */
const MIN_LEAD = 4
/** energy at the second harmonic: voices have it, keys do not */
const MAX_HARMONIC = 0.1

const coefficient = (hz: number) => 2 * Math.cos((2 * Math.PI * hz) / 8000)
const LOW = LOW_HZ.map(coefficient)
const HIGH = HIGH_HZ.map(coefficient)
const LOW_2 = LOW_HZ.map((hz) => coefficient(2 * hz))
const HIGH_2 = HIGH_HZ.map((hz) => coefficient(2 * hz))

/** Keys as tones in the audio, for lines without telephone-event: Goertzel filters over 20 ms. */
export class DtmfDetector {
  private readonly samples = new Float64Array(WINDOW + HOP)
  private candidate: string | undefined
  private hits = 0
  private misses = 0
  private pressed: string | undefined

  /** @returns the key whose press has just become certain */
  process(frame: Int16Array): string | undefined {
    const { samples } = this
    let key: string | undefined
    // the last 10 ms of the frame before, then this one
    samples.copyWithin(0, WINDOW)
    for (let i = 0; i < FRAME; i++) samples[HOP + i] = frame[i]!
    for (let from = 0; from <= HOP; from += HOP) {
      key = this.judge(detect(samples.subarray(from, from + WINDOW))) ?? key
    }
    return key
  }

  private judge(found: string | undefined): string | undefined {
    if (found !== this.pressed) {
      if (++this.misses >= MISSES_TO_END) this.pressed = undefined
    } else this.misses = 0
    this.hits = found && found === this.candidate ? this.hits + 1 : 1
    this.candidate = found
    if (!found || this.hits < HITS_TO_BEGIN || found === this.pressed) return undefined
    this.pressed = found
    this.misses = 0
    return found
  }
}

function detect(window: Float64Array): string | undefined {
  let energy = 0
  for (const sample of window) energy += sample * sample
  if (energy < MIN_POWER * WINDOW) return undefined
  const low = strongest(window, LOW)
  const high = strongest(window, HIGH)
  if (!low || !high) return undefined
  // a pure tone of amplitude A has energy A²N/2 and Goertzel power A²N²/4
  const share = (powers: number) => (powers * 2) / WINDOW / energy
  if (share(low.power + high.power) < MIN_SHARE / 2) return undefined
  const lowPower = tuned(window, LOW_HZ[low.index]!, low.power)
  const highPower = tuned(window, HIGH_HZ[high.index]!, high.power)
  const both = lowPower + highPower
  if (share(both) < MIN_SHARE) return undefined
  if (highPower > lowPower * MAX_TWIST || lowPower > highPower * MAX_REVERSE_TWIST) return undefined
  if (goertzel(window, LOW_2[low.index]!) > MAX_HARMONIC * both) return undefined
  if (goertzel(window, HIGH_2[high.index]!) > MAX_HARMONIC * both) return undefined
  return keyOf(low.index, high.index)
}

/** Keys may be off by 1.5 % (Q.24), which at 1633 Hz is half the width of a filter of 20 ms. */
function tuned(window: Float64Array, hz: number, power: number): number {
  const beside = [0.988, 1.012].map((factor) => goertzel(window, coefficient(hz * factor)))
  return Math.max(power, ...beside)
}

function strongest(window: Float64Array, coefficients: number[]) {
  const powers = coefficients.map((each) => goertzel(window, each))
  const power = Math.max(...powers)
  const index = powers.indexOf(power)
  const hasLead = powers.every((other, i) => i === index || power > MIN_LEAD * other)
  return hasLead ? { index, power } : undefined
}

function goertzel(window: Float64Array, coefficient: number): number {
  let before = 0
  let last = 0
  for (let i = 0; i < window.length; i++) {
    const now = window[i]! + coefficient * last - before
    before = last
    last = now
  }
  return before * before + last * last - coefficient * before * last
}
