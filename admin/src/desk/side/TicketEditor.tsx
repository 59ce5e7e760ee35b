import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Drawer, Form, Input, Select } from 'antd'
import { mayBecome, ticketStatuses } from '../../../../gateway/domain/ticket.ts'
import type { TicketStatus } from '../../../../gateway/domain/ticket.ts'
import type { TicketView } from '../../../../gateway/tickets/schema.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'

interface Props {
  ticket: TicketView
  onClose(): void
}

interface Values {
  status: TicketStatus
  reply?: string
  note?: string
}

/** Reads a ticket and moves it on without leaving the conversation. */
export function TicketEditor({ ticket, onClose }: Props) {
  const t = useT('desk')
  const format = useFormat()
  const client = useQueryClient()
  const { can } = useSession()
  const { message } = App.useApp()
  const save = useMutation({
    mutationFn: ({ status, reply, note }: Values) =>
      api.patch<TicketView>(`/tickets/${ticket.id}`, {
        version: ticket.version,
        ...(status !== ticket.status && { status }),
        ...(reply?.trim() && { reply }),
        ...(note?.trim() && { note }),
      }),
    onSuccess: () => {
      void message.success(t('ticket.updated'))
      void client.invalidateQueries({ queryKey: ['tickets'] })
    },
  })

  return (
    <Drawer open size={480} title={t('ticket.edit', { serial: ticket.serial })} onClose={onClose}>
      <h3 className="ticket-title">{ticket.title}</h3>
      <dl className="context">
        {Object.entries(ticket.fields).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
      <h4>{t('ticket.log')}</h4>
      <ol className="ticket-log">
        {ticket.log.map((entry, index) => (
          <li key={index}>
            <span className="quiet">
              {format.dateTime(entry.atMs)} · {entry.by.name}
              {entry.status && ` · ${t(`ticket.status.${entry.status}`)}`}
            </span>
            {entry.reply && <p>{entry.reply}</p>}
            {entry.note && <p className="ticket-note">{entry.note}</p>}
          </li>
        ))}
      </ol>
      {can('manageTickets') && (
        <Form<Values>
          layout="vertical"
          initialValues={{ status: ticket.status }}
          onFinish={(values) => save.mutate(values)}
        >
          <Form.Item name="status" label={t('ticket.statusLabel')}>
            <Select
              options={ticketStatuses.map((status) => ({
                value: status,
                label: t(`ticket.status.${status}`),
                disabled: !mayBecome(ticket.status, status),
              }))}
            />
          </Form.Item>
          <Form.Item name="reply" label={t('ticket.reply')}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
          <Form.Item name="note" label={t('ticket.note')}>
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
          <ErrorNotice error={save.error} />
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('ticket.update')}
          </Button>
        </Form>
      )}
    </Drawer>
  )
}
