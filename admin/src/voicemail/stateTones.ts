import type { VoicemailView } from '../../../gateway/voicemail/schema.ts'
import type { Tone } from '../records/Mark.tsx'

export const stateTones: Record<VoicemailView['state'], Tone> = {
  new: 'red',
  heard: 'amber',
  done: 'green',
}
