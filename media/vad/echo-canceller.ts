/** Takes the echo of what we play out of what the caller's line brings back. */
export interface EchoCanceller {
  /**
   * @param near 160 samples from the caller, 8 kHz
   * @param far what was played to the caller in the same 20 ms; undefined: nothing
   * @param clean 160 samples, filled with `near` without the echo
   */
  process(near: Int16Array, far: Int16Array | undefined, clean: Int16Array): void
  /** something was played so recently that it may still come back */
  active(): boolean
  /** What is played now has nothing to do with what was; the line is the same. */
  reset(): void
}

const FRAME = 160
/** 64 ms at 8 kHz: the echo of a gateway's hybrid and the buffers in between */
const TAPS = 512
/** frames after the last one played for which an echo is still expected: 400 ms, as over mobile networks */
const TAIL_FRAMES = 20
/** of the normalised LMS; larger learns faster and follows the caller's voice more */
const STEP = 0.3
/** keeps the step small where hardly anything is played; mean square 1000 per tap is -60 dBFS */
const REGULARISATION = TAPS * 1000
/** energies are compared over about ten frames: one vowel says little about the whole path */
const FORGET = 0.9
/** the learner's filter is taken over when it leaves 1 dB less than ours */
const BETTER = 0.8
/** … and thrown away when it leaves four times as much: it learnt from the caller's voice */
const WORSE = 4

/**
 * Two filters of 512 taps (Ochiai, Araseki, Ogihara 1977): one learns all the time by NLMS, the other is used and
 * takes over what was learnt only where that proved better. So a caller who speaks while a prompt plays spoils
 * the learner alone, without any guess about who is speaking. Works only while something plays.
 */
export function createEchoCanceller(): EchoCanceller {
  // newest sample last; filters are stored backwards, so that both are read forwards
  const played = new Float64Array(TAPS - 1 + FRAME)
  const used = new Float64Array(TAPS)
  const learner = new Float64Array(TAPS)
  const left = new Float64Array(FRAME)
  let sinceFar = TAIL_FRAMES + 1
  // mean energies: as it came, left by the filter in use, left by the learner
  let came = 0
  let leftByUsed = 0
  let leftByLearner = 0

  function shift(far: Int16Array | undefined): void {
    played.copyWithin(0, FRAME)
    const at = TAPS - 1
    for (let i = 0; i < FRAME; i++) played[at + i] = far?.[i] ?? 0
  }

  /** One pass of the learner over a frame. @returns what it left, as a sum of squares */
  function learn(near: Int16Array): number {
    let energy = 0
    for (let i = 0; i < TAPS; i++) energy += played[i]! * played[i]!
    let sum = 0
    for (let n = 0; n < FRAME; n++) {
      const error = near[n]! - dot(learner, played, n)
      sum += error * error
      const gain = (STEP * error) / (energy + REGULARISATION)
      for (let k = 0; k < TAPS; k += 4) {
        learner[k]! += gain * played[n + k]!
        learner[k + 1]! += gain * played[n + k + 1]!
        learner[k + 2]! += gain * played[n + k + 2]!
        learner[k + 3]! += gain * played[n + k + 3]!
      }
      const next = played[n + TAPS]
      if (next !== undefined) energy += next * next - played[n]! * played[n]!
    }
    return sum
  }

  function judge(near: number, byUsed: number, byLearner: number): void {
    came = FORGET * came + near
    leftByUsed = FORGET * leftByUsed + byUsed
    leftByLearner = FORGET * leftByLearner + byLearner
    if (leftByLearner < leftByUsed * BETTER && leftByLearner < came * BETTER) {
      used.set(learner)
      leftByUsed = leftByLearner
    } else if (leftByLearner > leftByUsed * WORSE) {
      learner.set(used)
      leftByLearner = leftByUsed
    }
  }

  return {
    process(near, far, clean) {
      sinceFar = far ? 0 : sinceFar + 1
      if (sinceFar > TAIL_FRAMES) {
        clean.set(near)
        if (sinceFar === TAIL_FRAMES + 1) played.fill(0)
        return
      }
      shift(far)
      let before = 0
      let after = 0
      for (let n = 0; n < FRAME; n++) {
        const value = near[n]! - dot(used, played, n)
        left[n] = value
        after += value * value
        before += near[n]! * near[n]!
      }
      judge(before, after, learn(near))
      // where there is hardly an echo, a filter adds more than it takes
      if (leftByUsed >= came) clean.set(near)
      else for (let n = 0; n < FRAME; n++) clean[n] = Math.max(-32768, Math.min(32767, left[n]!))
    },
    active: () => sinceFar <= TAIL_FRAMES,
    reset() {
      played.fill(0)
      sinceFar = TAIL_FRAMES + 1
      came = leftByUsed = leftByLearner = 0
    },
  }
}

function dot(filter: Float64Array, samples: Float64Array, from: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  for (let k = 0; k < TAPS; k += 4) {
    s0 += filter[k]! * samples[from + k]!
    s1 += filter[k + 1]! * samples[from + k + 1]!
    s2 += filter[k + 2]! * samples[from + k + 2]!
    s3 += filter[k + 3]! * samples[from + k + 3]!
  }
  return s0 + s1 + s2 + s3
}
