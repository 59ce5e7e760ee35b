import { App, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { createTicketBody } from '../../../gateway/tickets/schema.ts'
import type { TicketView } from '../../../gateway/tickets/schema.ts'
import { api } from '../api/client.ts'
import { newKey } from '../api/newKey.ts'
import { ContactPicker } from '../contacts/ContactPicker.tsx'
import { useName, useT } from '../i18n/index.ts'
import { RecordDrawer } from '../records/RecordDrawer.tsx'
import { useRecordForm } from '../records/useRecordForm.ts'
import { DepartmentSelect } from './DepartmentSelect.tsx'
import { missingFields } from './missingFields.ts'
import { useKinds } from './useKinds.ts'

interface Values {
  contactId?: string
  kind?: string
  title?: string
  department: string
  fields: Record<string, string>
}

interface Props {
  contactId?: string | undefined
  onClose(): void
  onCreated(ticket: TicketView): void
}

/** Takes a ticket down by hand; the fields asked for are those of the kind. */
export function NewTicket({ contactId, onClose, onCreated }: Props) {
  const t = useT('tickets')
  const words = useT('records')
  const name = useName()
  const { message } = App.useApp()
  const { options, find } = useKinds()
  // one form is one ticket, however often its answer is lost
  const [key] = useState(newKey)
  const edit = useRecordForm<TicketView, Values>({
    record: undefined,
    toValues: () => ({ ...(contactId && { contactId }), department: '', fields: {} }),
    schema: createTicketBody.superRefine((body, context) => {
      for (const id of missingFields(find(body.kind), body.fields))
        context.addIssue({ code: 'custom', path: ['fields', id], message: words('issue.required') })
    }),
    toBody: ({ department, fields, ...rest }) => ({
      ...rest,
      ...(department && { department }),
      fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value)),
    }),
    send: (body) => api.post<TicketView>('/tickets', { ...(body as object), key }),
    touches: ['/tickets'],
    onSaved: (ticket) => {
      void message.success(t('createdAs', { serial: ticket.serial }))
      onCreated(ticket)
    },
  })
  const kind = find(Form.useWatch('kind', edit.form) ?? '')
  return (
    <RecordDrawer title={t('create')} edit={edit} onClose={onClose}>
      <Form.Item name="contactId" label={t('contact')} required>
        <ContactPicker />
      </Form.Item>
      <Form.Item name="kind" label={t('kind')} required>
        <Select options={options} placeholder={t('pickKind')} />
      </Form.Item>
      <Form.Item name="title" label={t('titleField')} required>
        <Input maxLength={200} />
      </Form.Item>
      {kind?.fields.map((field) => (
        <Form.Item
          key={field.id}
          name={['fields', field.id]}
          label={name(field.name)}
          required={field.required}
        >
          <Input.TextArea autoSize={{ maxRows: 8 }} maxLength={4000} />
        </Form.Item>
      ))}
      <Form.Item name="department" label={t('department')}>
        <DepartmentSelect />
      </Form.Item>
    </RecordDrawer>
  )
}
