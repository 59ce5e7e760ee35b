import type { Part } from '../../../../gateway/domain/message.ts'
import { RecordingLine } from './RecordingLine.tsx'

/** The recording an event tells of, to be listened to; nothing for other events. */
export function RecordingOf({ part }: { part: Extract<Part, { type: 'event' }> }) {
  const { id, durationMs, seconds } = part.data
  const recorded = part.name === 'recording' || part.name === 'voicemail'
  if (!recorded || typeof id !== 'string') return null
  return (
    <RecordingLine
      recordingId={id}
      voicemail={part.name === 'voicemail'}
      durationMs={Number(durationMs ?? Number(seconds ?? 0) * 1000)}
    />
  )
}
