/** A note of the piece that is played to those who wait. */
export interface Note {
  /** in beats from the beginning; fractions are eighths */
  beat: number
  /** MIDI number: 60 is middle C */
  pitch: number
  /** 0 … 1 */
  strength: number
}

export interface Chord {
  beat: number
  beats: number
  pitches: number[]
}

export const BEATS_PER_BAR = 4

/** Two bars each; written for this project, nobody's tune. The last one leads back to the first. */
const CHORDS: number[][] = [
  [48, 55, 64, 67], // C
  [45, 52, 60, 67], // A minor 7
  [53, 57, 60, 67], // F add 9
  [50, 55, 62, 67], // G over D
  [52, 55, 60, 69], // C 6 over E
  [50, 57, 60, 69], // D minor 7, leads to C
]

/** G A C D E over two octaves: any of these notes goes with any of the chords */
const SCALE = [67, 69, 72, 74, 76, 79, 81, 84]

/** Which eighths of a bar sound, by bars in turn: room to breathe at the end of each. */
const RHYTHMS = ['x.xx.x..', 'x..xx.x.', 'x.x..xx.', 'x...x...']

/** The melody wanders over the scale; the same walk every time. */
export function holdMelody(bars: number): { notes: Note[]; chords: Chord[] } {
  const random = generator(7)
  const notes: Note[] = []
  const chords: Chord[] = []
  let place = 2
  for (let bar = 0; bar < bars; bar++) {
    const beat = bar * BEATS_PER_BAR
    const pitches = CHORDS[Math.floor(bar / 2) % CHORDS.length]!
    if (bar % 2 === 0)
      chords.push({ beat, beats: Math.min(2, bars - bar) * BEATS_PER_BAR, pitches })
    const rhythm = RHYTHMS[bar % RHYTHMS.length]!
    for (let eighth = 0; eighth < rhythm.length; eighth++) {
      if (rhythm[eighth] !== 'x') continue
      const step = Math.floor(random() * 5) - 2
      place = Math.min(SCALE.length - 1, Math.max(0, place + (step || 1)))
      // from the edges of the scale back to its middle
      if (place === 0 || place === SCALE.length - 1) place += place ? -2 : 2
      const strength = (eighth === 0 ? 0.9 : 0.55) + 0.15 * random()
      notes.push({ beat: beat + eighth / 2, pitch: SCALE[place]!, strength })
    }
    // the root of the chord below, soft
    notes.push({ beat, pitch: pitches[0]! + 12, strength: 0.5 })
  }
  return { notes, chords }
}

/** Numbers that look random and are the same in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
