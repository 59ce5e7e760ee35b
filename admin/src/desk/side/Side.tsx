import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { Suggestions } from '../../contacts/Suggestions.tsx'
import { useSession } from '../../session/useSession.ts'
import { ContactForm } from './ContactForm.tsx'
import { ContextList } from './ContextList.tsx'
import { History } from './History.tsx'
import { Panel } from './Panel.tsx'
import { TicketList } from './TicketList.tsx'
import './side.css'

interface Props {
  card: ConversationCard
  /** where the side lies over the conversation */
  onClose(): void
}

/** Who this is and what happened before: nobody should have to tell their story twice. */
export function Side({ card, onClose }: Props) {
  const t = useT('desk')
  const { can } = useSession()
  return (
    <aside className="side" aria-label={t('side.label')}>
      <Button
        type="text"
        className="side-close"
        icon={<CloseOutlined aria-hidden />}
        aria-label={t('close')}
        onClick={onClose}
      />
      <Suggestions contactId={card.contact.id} />
      <Panel title={t('side.contact')}>
        <ContactForm contactId={card.contact.id} told={JSON.stringify(card.contact)} />
      </Panel>
      <Panel title={t('side.context')}>
        <ContextList context={card.context} />
      </Panel>
      {(can('readTickets') || can('manageTickets')) && (
        <Panel title={t('side.tickets')}>
          <TicketList card={card} />
        </Panel>
      )}
      <Panel title={t('side.history')}>
        <History card={card} />
      </Panel>
    </aside>
  )
}
