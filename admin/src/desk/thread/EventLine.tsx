import type { Part } from '../../../../gateway/domain/message.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useNames } from '../useNames.ts'
import { RecordingOf } from './RecordingOf.tsx'
import { eventSentence } from './eventSentence.ts'

interface Props {
  part: Extract<Part, { type: 'event' }>
  atMs: number
}

/** Something that happened, centred between the messages. */
export function EventLine({ part, atMs }: Props) {
  const names = useNames()
  const format = useFormat()
  return (
    <>
      <p className={`event event-${part.name}`}>
        <span>
          {eventSentence(part, names)} <time>{format.time(atMs)}</time>
        </span>
      </p>
      <RecordingOf part={part} />
    </>
  )
}
