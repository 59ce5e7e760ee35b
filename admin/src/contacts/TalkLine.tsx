import type { WireMessage } from '../../../gateway/desk/protocol.ts'
import { RecordingOf } from '../desk/thread/RecordingOf.tsx'
import { useT } from '../i18n/index.ts'
import { Time } from '../records/Time.tsx'
import { TalkPart } from './TalkPart.tsx'
import { useEventSentence } from './useEventSentence.ts'

/** One message of a read-only conversation: the tourist at the left, the house at the right. */
export function TalkLine({ message }: { message: WireMessage }) {
  const t = useT('contacts')
  const sentence = useEventSentence()
  const { author, direction, parts, atMs } = message
  const events = parts.filter((part) => part.type === 'event')
  if (events.length > 0)
    return (
      <li className="talk-event">
        {events.map(sentence).join(' ')} <Time atMs={atMs} />
        {events.map((part, at) => (
          <RecordingOf key={at} part={part} />
        ))}
      </li>
    )
  const side = direction === 'in' ? '' : 'talk-out'
  return (
    <li className={`talk-line ${side} ${direction === 'internal' ? 'talk-internal' : ''}`}>
      <span className="talk-who">
        {author.kind === 'agent' ? author.name : t(`author.${author.kind}`)}
        {direction === 'internal' && ` · ${t('internal')}`} · <Time atMs={atMs} />
      </span>
      <div className="talk-words">
        {parts.map((part, at) => (
          <TalkPart key={at} part={part} />
        ))}
      </div>
    </li>
  )
}
