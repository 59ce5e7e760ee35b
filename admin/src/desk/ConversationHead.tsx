import { ArrowLeftOutlined, IdcardOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { ConversationCard } from '../../../gateway/desk/protocol.ts'
import { useT } from '../i18n/index.ts'
import { navigate } from '../router.tsx'
import { ChannelIcon } from './ChannelIcon.tsx'
import { Badges } from './inbox/Badges.tsx'
import { useContactName } from './useContactName.ts'
import { useDeskState } from './useDesk.ts'
import { useNames } from './useNames.ts'

interface Props {
  card: ConversationCard
  onDetails(): void
  children: ReactNode
}

export function ConversationHead({ card, onDetails, children }: Props) {
  const t = useT('desk')
  const contactName = useContactName()
  const names = useNames()
  const online = useDeskState((state) => state.online[card.id])
  const who =
    card.state === 'agent' && card.agentId
      ? t('inbox.servedBy', { name: names.agent(card.agentId) })
      : t(`conversationState.${card.state}`)
  return (
    <header className="conversation-head">
      <Button
        type="text"
        className="narrow-only"
        icon={<ArrowLeftOutlined aria-hidden />}
        aria-label={t('action.back')}
        onClick={() => navigate('/desk')}
      />
      <div className="conversation-who">
        <h2>
          {contactName(card)} <Badges card={card} />
        </h2>
        <p>
          <ChannelIcon channel={card.channel} /> {t(`channel.${card.channel}`)}
          {online && <span className="online-words"> · {t('inbox.online')}</span>}
          <span> · {who}</span>
          {card.queueId && <span> · {names.queue(card.queueId)}</span>}
        </p>
        {card.note && <p className="conversation-note">{t('event.note', { note: card.note })}</p>}
      </div>
      {children}
      <Button
        type="text"
        className="medium-only"
        icon={<IdcardOutlined aria-hidden />}
        aria-label={t('action.details')}
        onClick={onDetails}
      />
    </header>
  )
}
