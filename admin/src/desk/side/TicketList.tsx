import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import type { TicketView } from '../../../../gateway/tickets/schema.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'
import { useDialog } from '../actions/useDialog.ts'
import { useServerNow } from '../useServerNow.ts'
import { TicketEditor } from './TicketEditor.tsx'

export function TicketList({ card }: { card: ConversationCard }) {
  const t = useT('desk')
  const format = useFormat()
  const nowMs = useServerNow(60_000)
  const { can } = useSession()
  const { show } = useDialog()
  const [openId, setOpenId] = useState<string>()
  const { data, error, refetch } = useQuery({
    queryKey: ['tickets', 'of', card.contact.id],
    queryFn: () => api.get<{ items: TicketView[] }>('/tickets', { contactId: card.contact.id }),
  })
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active paragraph={{ rows: 2 }} />
  const open = data.items.find((ticket) => ticket.id === openId)
  const late = (ticket: TicketView) =>
    ticket.dueAtMs !== undefined &&
    ticket.dueAtMs < nowMs &&
    ticket.status !== 'resolved' &&
    ticket.status !== 'closed'

  return (
    <>
      {data.items.length === 0 && <p className="quiet">{t('side.ticketsEmpty')}</p>}
      <ul className="side-list">
        {data.items.map((ticket) => (
          <li key={ticket.id}>
            <button type="button" onClick={() => setOpenId(ticket.id)}>
              <span className="side-list-top">
                <code>{ticket.serial}</code>
                <span className={`ticket-status ticket-${ticket.status}`}>
                  {t(`ticket.status.${ticket.status}`)}
                </span>
              </span>
              <span className="side-list-words">{ticket.title}</span>
              {ticket.dueAtMs !== undefined && (
                <small className={late(ticket) ? 'ticket-late' : 'quiet'}>
                  {late(ticket) && `${t('ticket.overdue')} · `}
                  {t('ticket.due', { date: format.dateTime(ticket.dueAtMs) })}
                </small>
              )}
            </button>
          </li>
        ))}
      </ul>
      {can('manageTickets') && (
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => show('ticket')}>
          {t('side.newTicket')}
        </Button>
      )}
      {open && (
        <TicketEditor key={open.version} ticket={open} onClose={() => setOpenId(undefined)} />
      )}
    </>
  )
}
