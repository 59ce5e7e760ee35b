import type { SpeechDetector } from '../../../media/vad/speech-detector.ts'
import { frames } from './sounds.ts'

export interface Turn {
  change: 'begin' | 'end'
  atMs: number
}

/** Everything a detector says of a sound, frame by frame as a call would bring it. */
export function listen(detector: SpeechDetector, near: Int16Array, far?: Int16Array): Turn[] {
  const played = far ? [...frames(far)] : []
  return [...frames(near)].flatMap((frame, at) => {
    const change = detector.process(frame, played[at])
    return change ? [{ change, atMs: (at + 1) * 20 }] : []
  })
}

export const begins = (turns: Turn[]) => turns.filter(({ change }) => change === 'begin')
