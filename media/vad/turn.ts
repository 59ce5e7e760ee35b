export interface Turn {
  /**
   * @param probability of speech in the next 32 ms
   * @param echoes we play something meanwhile, and its echo may be what is heard
   * @returns what changed with it
   */
  next(probability: number, echoes: boolean): 'begin' | 'end' | undefined
  speaking(): boolean
  reset(): void
}

const SPEECH = 0.5
/** lower than where speech begins, so that a soft syllable does not end it */
const SILENCE = 0.35
/** 3 × 32 ms: clicks, coughs and keys are shorter */
const BEGIN_WINDOWS = 3
/** … and so is what is left of a prompt's echo */
const BEGIN_WINDOWS_OVER_ECHO = 5
/** 16 × 32 ms: a pause within a sentence is shorter */
const END_WINDOWS = 16

/** Turns probabilities into the beginning and the end of what somebody says. */
export function createTurn(): Turn {
  let speaking = false
  let heard = 0
  let silent = 0
  return {
    next(probability, echoes) {
      if (!speaking) {
        if (probability >= SPEECH) heard++
        // syllables are apart; what is left of an echo comes in splinters
        else heard = echoes ? Math.max(0, heard - 1) : 0
        if (heard < (echoes ? BEGIN_WINDOWS_OVER_ECHO : BEGIN_WINDOWS)) return undefined
        speaking = true
        silent = 0
        return 'begin'
      }
      if (probability >= SPEECH) silent = 0
      else if (silent > 0 || probability < SILENCE) silent++
      if (silent < END_WINDOWS) return undefined
      speaking = false
      heard = 0
      return 'end'
    },
    speaking: () => speaking,
    reset() {
      speaking = false
      heard = silent = 0
    },
  }
}
