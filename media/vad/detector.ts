import { createEchoCanceller } from './echo-canceller.ts'
import { createEnergyGate, power } from './energy-gate.ts'
import { createResidualEcho } from './residual-echo.ts'
import type { Silero } from './silero.ts'
import { createSilero, SILERO_WINDOW } from './silero.ts'
import type { SpeechDetector } from './speech-detector.ts'
import { createTurn } from './turn.ts'

const FRAME = 160

/**
 * Echo canceller → energy gate → Silero → begin after about 100 ms of speech (160 ms over a prompt, unless the line has
 * been found to be without echo: 2.6 s of prompt tell that), end after
 * about 500 ms without. One core bears, per second of one line: 0.1 ms while it is quiet, 12 ms of speech, 14 ms
 * more while something is played.
 * @throws Error if the weights beside this file are missing or damaged
 */
export function createSpeechDetector(silero: Silero = createSilero()): SpeechDetector {
  const canceller = createEchoCanceller()
  const residual = createResidualEcho()
  const gate = createEnergyGate()
  const turn = createTurn()
  const clean = new Int16Array(FRAME)
  let filling = new Int16Array(SILERO_WINDOW)
  let before = new Int16Array(SILERO_WINDOW)
  let filled = 0
  /** the window being filled holds a frame that passed the gate */
  let worthIt = false
  /** … one that is louder than what is left of our own sound */
  let theirs = false
  let listening = false

  function look(): 'begin' | 'end' | undefined {
    if (!worthIt && !turn.speaking()) {
      listening = false
      return undefined
    }
    if (!listening) {
      // the word may have begun softly in the window before, and Silero needs a run-up
      listening = true
      silero.reset()
      turn.reset()
      silero.probability(before)
    }
    const probability = silero.probability(filling)
    const echoes = canceller.active() && !residual.none()
    return turn.next(theirs || turn.speaking() ? probability : 0, echoes)
  }

  return {
    process(near, far) {
      canceller.process(near, far, clean)
      const cleanPower = power(clean)
      if (gate.open(cleanPower)) worthIt = true
      if (!canceller.active()) theirs = true
      else if (residual.exceeds(cleanPower, far ? power(far) : 0, !turn.speaking())) theirs = true
      let change: 'begin' | 'end' | undefined
      let at = 0
      while (at < FRAME) {
        const taken = Math.min(FRAME - at, SILERO_WINDOW - filled)
        filling.set(clean.subarray(at, at + taken), filled)
        at += taken
        filled += taken
        if (filled < SILERO_WINDOW) break
        change = look() ?? change
        ;[filling, before] = [before, filling]
        filled = 0
        worthIt = theirs = false
      }
      return change
    },
    reset() {
      canceller.reset()
      residual.reset()
      gate.reset()
      silero.reset()
      turn.reset()
      filling.fill(0)
      before.fill(0)
      filled = 0
      worthIt = theirs = listening = false
    },
  }
}
