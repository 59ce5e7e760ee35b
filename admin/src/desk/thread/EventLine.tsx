import type { Part } from '../../../../gateway/domain/message.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useNames } from '../useNames.ts'
import { RecordingLine } from './RecordingLine.tsx'
import { eventSentence } from './eventSentence.ts'

interface Props {
  part: Extract<Part, { type: 'event' }>
  atMs: number
}

/** Something that happened, centred between the messages. */
export function EventLine({ part, atMs }: Props) {
  const names = useNames()
  const format = useFormat()
  const line = (
    <p className={`event event-${part.name}`}>
      <span>
        {eventSentence(part, names)} <time>{format.time(atMs)}</time>
      </span>
    </p>
  )
  const { id, durationMs, seconds } = part.data
  const recorded = part.name === 'recording' || part.name === 'voicemail'
  if (!recorded || typeof id !== 'string') return line
  return (
    <>
      {line}
      <RecordingLine
        recordingId={id}
        voicemail={part.name === 'voicemail'}
        durationMs={Number(durationMs ?? Number(seconds ?? 0) * 1000)}
      />
    </>
  )
}
