import { App, Form, Input } from 'antd'
import type { TicketStatus } from '../../../gateway/domain/ticket.ts'
import { updateTicketBody } from '../../../gateway/tickets/schema.ts'
import type { TicketView } from '../../../gateway/tickets/schema.ts'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { RecordDrawer } from '../records/RecordDrawer.tsx'
import { useRecordForm } from '../records/useRecordForm.ts'
import { useSession } from '../session/useSession.ts'
import { Fields } from './Fields.tsx'
import { Say } from './Say.tsx'
import { StatusTag } from './StatusTag.tsx'
import { Story } from './Story.tsx'
import { TicketSide } from './TicketSide.tsx'

export interface TicketValues {
  title: string
  status: TicketStatus
  department: string
  assigneeId: string | null
  reply: string
  note: string
}

const toValues = (ticket: TicketView | undefined): TicketValues => ({
  title: ticket?.title ?? '',
  status: ticket?.status ?? 'open',
  department: ticket?.department ?? '',
  assigneeId: ticket?.assigneeId ?? null,
  reply: '',
  note: '',
})

const addressOf = (ticket: TicketView) => `/tickets/${ticket.id}`

/** One ticket: what it is about, what was said, and how it goes on. One save sends all that changed. */
export function TicketForm({ ticket, onClose }: { ticket: TicketView; onClose(): void }) {
  const t = useT('tickets')
  const { can } = useSession()
  const { message } = App.useApp()
  const readOnly = !can('manageTickets')
  const edit = useRecordForm<TicketView, TicketValues>({
    record: ticket,
    toValues,
    schema: updateTicketBody,
    send: (body) => api.patch<TicketView>(addressOf(ticket), body),
    reload: (stale) => api.get<TicketView>(addressOf(stale)),
    touches: ['/tickets'],
    onSaved: () => void message.success(t('saved')),
  })
  return (
    <RecordDrawer
      title={
        <>
          {ticket.serial} <StatusTag status={ticket.status} />
        </>
      }
      size={960}
      edit={edit}
      readOnly={readOnly}
      label={(field) => t(field === 'title' ? 'titleField' : field)}
      onClose={onClose}
    >
      <div className="ticket">
        <div>
          <Form.Item name="title" label={t('titleField')} required>
            <Input maxLength={200} />
          </Form.Item>
          <Fields ticket={ticket} />
          {!readOnly && <Say />}
          <section className="part">
            <h3>{t('story')}</h3>
            <Story log={ticket.log} />
          </section>
        </div>
        <TicketSide ticket={ticket} readOnly={readOnly} />
      </div>
    </RecordDrawer>
  )
}
