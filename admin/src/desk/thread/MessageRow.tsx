import { RobotOutlined } from '@ant-design/icons'
import type { ConversationCard, WireMessage } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'
import { useContactName } from '../useContactName.ts'
import { EventLine } from './EventLine.tsx'
import { PartView } from './PartView.tsx'
import { Ticks } from './Ticks.tsx'
import { Undelivered } from './Undelivered.tsx'

interface Props {
  message: WireMessage
  /** the first of a group shows who speaks */
  first: boolean
  card: Pick<ConversationCard, 'contact'> & Partial<Pick<ConversationCard, 'id'>>
}

/** One message: left from the contact, right from us, yellow when only staff see it. */
export function MessageRow({ message, first, card }: Props) {
  const t = useT('desk')
  const format = useFormat()
  const { me } = useSession()
  const contactName = useContactName()
  const { author, direction, parts } = message
  if (parts.every((part) => part.type === 'event'))
    return (
      <>
        {parts.map(
          (part, index) =>
            part.type === 'event' && <EventLine key={index} part={part} atMs={message.atMs} />,
        )}
      </>
    )

  const note = direction === 'internal'
  const kind = note ? 'note' : author.kind === 'agent' && author.id === me.id ? 'me' : author.kind
  const name =
    author.kind === 'contact'
      ? contactName(card)
      : author.kind === 'agent'
        ? author.name
        : t(author.kind)
  return (
    <article className={`row row-${kind}${first ? ' row-first' : ''}`}>
      {first ? (
        <header>
          {author.kind === 'bot' && <RobotOutlined aria-hidden />} {name}
          {note && <span className="row-tag">{t('thread.note')}</span>}
        </header>
      ) : (
        <span className="seen-by-readers">{name}</span>
      )}
      <div className="bubble" lang={message.lang}>
        {parts.map((part, index) => (
          <PartView key={index} part={part} atMs={message.atMs} />
        ))}
      </div>
      <footer>
        <time dateTime={new Date(message.atMs).toISOString()} title={format.dateTime(message.atMs)}>
          {format.time(message.atMs)}
        </time>
        {direction === 'out' && <Ticks delivery={message.delivery} />}
        <Undelivered message={message} />
      </footer>
    </article>
  )
}
