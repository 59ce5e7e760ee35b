/** Amplitude of one frequency in 8 kHz audio (Goertzel). */
export function amplitudeOf(pcm: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / 8000)
  let before = 0
  let last = 0
  for (const sample of pcm) {
    const now = sample + coefficient * last - before
    before = last
    last = now
  }
  const power = before * before + last * last - coefficient * before * last
  return (2 * Math.sqrt(Math.max(0, power))) / pcm.length
}

/** Which of `candidates` sound in it, in their order. */
export function tonesIn(pcm: Int16Array, candidates: number[], least = 400): number[] {
  return candidates.filter((hz) => amplitudeOf(pcm, hz) > least)
}

export function sine(hz: number, ms: number, amplitude = 6000): Int16Array {
  return Int16Array.from(
    { length: ms * 8 },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / 8000),
  )
}
