/** A sine at full scale 1. */
export const sine = (hz: number, rateHz: number, seconds: number, level = 1) =>
  Float32Array.from(
    { length: Math.round(rateHz * seconds) },
    (_, i) => level * Math.sin((2 * Math.PI * hz * i) / rateHz),
  )

/** dB of a part of the samples, 0 for a sine at full scale */
export function decibelsOf(samples: ArrayLike<number>, fullScale = 1): number {
  let sum = 0
  for (let i = 0; i < samples.length; i++) sum += (samples[i]! / fullScale) ** 2
  return 10 * Math.log10((2 * sum) / samples.length)
}

/** How much of a frequency is in the samples, dB as above (Goertzel). */
export function decibelsAt(samples: ArrayLike<number>, hz: number, rateHz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rateHz)
  let before = 0
  let last = 0
  for (let i = 0; i < samples.length; i++) {
    const next = samples[i]! + turn * last - before
    before = last
    last = next
  }
  const power = last * last + before * before - turn * last * before
  return 10 * Math.log10((4 * power) / samples.length ** 2 + 1e-20)
}
