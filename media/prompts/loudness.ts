/** Blocks of 400 ms, as in ITU-R BS.1770, without its weighting: the telephone's band is narrow anyway. */
const BLOCK = 3200
/** A pause in speech lies more than this below its average and does not count. */
const GATE_DB = 10
/** below this it is silence */
const FLOOR_DB = -60

/**
 * Mean level of what is not a pause.
 * @param samples −1 … 1 at 8 kHz
 * @returns dBFS; −Infinity for silence
 */
export function loudness(samples: Float32Array): number {
  const powers: number[] = []
  for (let from = 0; from < samples.length; from += BLOCK) {
    const block = samples.subarray(from, from + BLOCK)
    let sum = 0
    for (const sample of block) sum += sample * sample
    powers.push(sum / block.length)
  }
  const loud = powers.filter((power) => decibels(power) > FLOOR_DB)
  const gate = decibels(mean(loud)) - GATE_DB
  return decibels(mean(loud.filter((power) => decibels(power) > gate)))
}

const decibels = (power: number) => 10 * Math.log10(power)
const mean = (values: number[]) =>
  values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0
