import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import type { TicketKindView, TicketView } from '../../../../gateway/tickets/schema.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { api } from '../../api/client.ts'
import { newKey } from '../../api/newKey.ts'
import { useName, useT } from '../../i18n/index.ts'
import { useChoices } from '../useChoices.ts'
import { useDesk } from '../useDesk.ts'
import { titleFrom } from './titleFrom.ts'

interface Props {
  card: ConversationCard
  onClose(): void
}

interface Values {
  kind: string
  title: string
  department?: string
  fields?: Record<string, string>
}

/** What the bot asked under the same name as a field of the ticket is not asked again. */
function told(context: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(context).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  )
}

/** A ticket out of this conversation, with what is known filled in. */
export function TicketDialog({ card, onClose }: Props) {
  const t = useT('desk')
  const name = useName()
  const desk = useDesk()
  const client = useQueryClient()
  const { notification } = App.useApp()
  const { departments } = useChoices()
  // one dialog is one ticket, however often its answer is lost
  const [key] = useState(newKey)
  const [form] = Form.useForm<Values>()
  const kindId = Form.useWatch('kind', form)
  const kinds = useQuery({
    queryKey: ['ticket-kinds'],
    queryFn: () => api.get<{ items: TicketKindView[] }>('/ticket-kinds'),
  })
  const kind = kinds.data?.items.find((one) => one.id === kindId)

  const create = useMutation({
    mutationFn: ({ fields = {}, ...values }: Values) =>
      api.post<TicketView>('/tickets', {
        ...values,
        key,
        contactId: card.contact.id,
        conversationId: card.id,
        fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value)),
      }),
    onSuccess: (ticket) => {
      void client.invalidateQueries({ queryKey: ['tickets'] })
      const text = t('ticket.numberText', {
        serial: ticket.serial,
        lng: card.lang.startsWith('zh') ? 'zh-CN' : 'en',
      })
      const notice = `ticket-${ticket.id}`
      notification.success({
        key: notice,
        title: t('ticket.created', { serial: ticket.serial }),
        duration: 12,
        // at the top it would lie over the buttons one needs next
        placement: 'bottomLeft',
        actions: card.state === 'agent' && (
          <Button
            onClick={() => {
              desk.send(card.id, { type: 'text', text })
              notification.destroy(notice)
            }}
          >
            {t('ticket.sayNumber')}
          </Button>
        ),
      })
      onClose()
    },
  })

  const choose = (id: string) => {
    const department = kinds.data?.items.find((one) => one.id === id)?.department
    if (department) form.setFieldValue('department', department)
  }
  const { messages = [] } = desk.state.threads[card.id] ?? {}

  return (
    <Modal
      open
      title={t('ticket.title')}
      okText={t('ticket.create')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <ErrorNotice error={kinds.error ?? create.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ title: titleFrom(messages), fields: told(card.context) }}
        onFinish={(values) => create.mutate(values)}
      >
        <Form.Item
          name="kind"
          label={t('ticket.kind')}
          rules={[{ required: true, message: t('ticket.fieldMissing') }]}
        >
          <Select
            autoFocus
            loading={kinds.isPending}
            onChange={choose}
            options={kinds.data?.items.map((one) => ({ value: one.id, label: name(one.name) }))}
          />
        </Form.Item>
        <Form.Item
          name="title"
          label={t('ticket.subject')}
          rules={[{ required: true, whitespace: true, message: t('ticket.subjectMissing') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        {kind?.fields.map((field) => (
          <Form.Item
            key={field.id}
            name={['fields', field.id]}
            label={name(field.name)}
            rules={[{ required: field.required, message: t('ticket.fieldMissing') }]}
          >
            <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={4000} />
          </Form.Item>
        ))}
        <Form.Item name="department" label={t('ticket.department')}>
          {/* kept by name: the contact is told it, and kinds of tickets name theirs */}
          <Select allowClear options={departments.map((one) => ({ value: name(one.name) }))} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
