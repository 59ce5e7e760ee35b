import type { RecordingView } from '../../../gateway/recordings/schema.ts'
import type { Tone } from '../records/Mark.tsx'

export const stateTones: Record<RecordingView['state'], Tone> = {
  recording: 'red',
  stored: 'green',
  broken: 'amber',
  deleted: 'plain',
}
