import type { ReactNode } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { Link } from '../../router.tsx'
import { ChannelIcon } from '../ChannelIcon.tsx'
import { useDeskState } from '../useDesk.ts'
import { useContactName } from '../useContactName.ts'
import { CallMark } from '../phone/CallMark.tsx'
import { Badges } from './Badges.tsx'

interface Props {
  card: ConversationCard
  chosen: boolean
  tone?: string
  /** at the right of the name: a time, a count */
  corner?: ReactNode
  preview?: ReactNode
  /** buttons below; outside the link, since a link must not hold buttons */
  actions?: ReactNode
}

/** One line of the inbox. */
export function Item({ card, chosen, tone, corner, preview, actions }: Props) {
  const t = useT('desk')
  const contactName = useContactName()
  const online = useDeskState((state) => state.online[card.id])
  const marks = [
    card.emergency && 'item-emergency',
    card.contact.vip && 'item-vip',
    tone && `item-${tone}`,
  ]
  return (
    <li className={['item', ...marks].filter(Boolean).join(' ')}>
      <Link to={`/desk/${card.id}`} aria-current={chosen ? 'true' : undefined}>
        <span className="item-icon">
          <ChannelIcon channel={card.channel} />
          {online && <span className="item-online" role="img" aria-label={t('inbox.online')} />}
        </span>
        <span className="item-words">
          <span className="item-top">
            <span className="item-name">{contactName(card)}</span>
            <span className="item-corner">{corner}</span>
          </span>
          <span className="item-preview">
            <Badges card={card} /> <CallMark conversationId={card.id} /> {preview ?? card.preview}
          </span>
        </span>
      </Link>
      {actions && <div className="item-actions">{actions}</div>}
    </li>
  )
}
