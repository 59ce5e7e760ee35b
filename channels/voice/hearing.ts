/** Who hears whom in a call: a table of roles, read off for every pair. Pure. */
import type { Hearing } from '../../media/media.ts'

export interface Hearer {
  legId: string
  kind: 'contact' | 'agent' | 'supervisor' | 'third'
  muted: boolean
  /** supervisors only */
  mode?: 'listen' | 'whisper' | 'barge'
}

export interface Talk {
  /** the contact hears music and is not heard */
  held: boolean
  /** the agent asks a third party something; the contact must not hear it */
  consulting: boolean
}

/** Every ordered pair of legs once, so that nothing of an earlier arrangement is left over. */
export function hearing(hearers: Hearer[], talk: Talk): Hearing[] {
  return hearers.flatMap((listener) =>
    hearers
      .filter((speaker) => speaker !== listener)
      .map((speaker) => ({
        listener: listener.legId,
        speaker: speaker.legId,
        gain: hears(listener, speaker, talk) ? 1 : 0,
      })),
  )
}

function hears(listener: Hearer, speaker: Hearer, { held, consulting }: Talk): boolean {
  if (speaker.muted) return false
  if (speaker.kind === 'supervisor') {
    if (listener.kind === 'supervisor') return false
    if (speaker.mode === 'barge') return !(listener.kind === 'contact' && (held || consulting))
    return speaker.mode === 'whisper' && listener.kind === 'agent'
  }
  const apart = held || consulting
  if (speaker.kind === 'contact' && apart) return false
  if (listener.kind === 'contact' && apart) return false
  // a team leader hears what the agent hears
  return true
}
