const RATE_HZ = 8000
/** 40 ms, every 10 */
const FRAME = 320
const HOP = 80
/** 60 … 250 Hz */
const LONGEST = 133
const SHORTEST = 32

/** Hz, by normalised correlation; undefined where there is no voice. */
function pitchAt(pcm: Int16Array, from: number): number | undefined {
  const similar: number[] = []
  const energy = product(pcm, from, from)
  if (energy / FRAME < 800 ** 2) return undefined
  for (let lag = SHORTEST; lag <= LONGEST; lag++) {
    const both = Math.sqrt(energy * product(pcm, from + lag, from + lag))
    similar.push(product(pcm, from, from + lag) / (both || 1))
  }
  const best = Math.max(...similar)
  if (best < 0.6) return undefined
  // the first peak nearly as good as the best: not a multiple of the period
  const at = similar.findIndex(
    (value, lag) =>
      value > 0.9 * best && value >= (similar[lag - 1] ?? 0) && value >= (similar[lag + 1] ?? 0),
  )
  return RATE_HZ / (SHORTEST + at)
}

function product(pcm: Int16Array, one: number, other: number): number {
  let sum = 0
  for (let i = 0; i < FRAME; i++) sum += pcm[one + i]! * pcm[other + i]!
  return sum
}

/** The pitch of a voice where it begins and where it ends, and its lowest; Hz. */
export function pitchContour(pcm: Int16Array): { start: number; end: number; lowest: number } {
  const pitches: number[] = []
  for (let from = 0; from + FRAME + LONGEST <= pcm.length; from += HOP) {
    const pitch = pitchAt(pcm, from)
    if (pitch) pitches.push(pitch)
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
  return {
    start: median(pitches.slice(0, 3)),
    end: median(pitches.slice(-3)),
    lowest: Math.min(...pitches),
  }
}
