/** Knows how loud the echo still is that the canceller leaves, and so what must be the caller. */
export interface ResidualEcho {
  /**
   * @param clean mean square of 20 ms after the canceller
   * @param far mean square of the 20 ms played
   * @param learn false while the caller certainly speaks
   * @returns whether this is louder than the echo can be
   */
  exceeds(clean: number, far: number, learn: boolean): boolean
  /** nothing of what is played comes back on this line */
  none(): boolean
  /** What is played now has nothing to do with what was; the line is the same. */
  reset(): void
}

/** before anything is known: 12 dB below what is played, about the worst line that is still in order */
const AT_FIRST = 10 ** (-12 / 10)
/** never believed to be louder than what is played, nor below -45 dB, where Silero hears nothing in it */
const HIGHEST = 10 ** (-3 / 10)
const LOWEST = 10 ** (-45 / 10)
/** a line once found without echo has one after all: more than what a caller's first sounds teach (10 dB) */
const AN_ECHO = 10 ** (-30 / 10)
/** up 1 dB a frame, down 0.25: settles where one frame in five is louder */
const UP = 10 ** (1 / 10)
const DOWN = 10 ** (-0.25 / 10)
/** 6 dB above that the caller begins */
const MARGIN = 4
/** the echo of a loud moment arrives later, over mobile networks by up to 300 ms: half of it is expected after 200 */
const FADE = 0.93
/** RMS 58, -55 dBFS: too soft to learn from */
const AUDIBLE = 58 ** 2

export function createResidualEcho(): ResidualEcho {
  let bound = AT_FIRST
  let loudest = 0
  let none = false
  return {
    exceeds(clean, far, learn) {
      loudest = Math.max(far, loudest * FADE)
      const exceeds = clean > loudest * bound * MARGIN
      if (learn && loudest > AUDIBLE) {
        bound *= clean > loudest * bound ? UP : DOWN
        bound = Math.min(HIGHEST, Math.max(LOWEST, bound))
        none = none ? bound < AN_ECHO : bound === LOWEST
      }
      return exceeds
    },
    none: () => none,
    reset() {
      loudest = 0
    },
  }
}
