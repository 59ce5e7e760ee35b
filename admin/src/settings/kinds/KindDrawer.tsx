import { App, Form, Input, InputNumber } from 'antd'
import { ticketKindView } from '../../../../gateway/tickets/schema.ts'
import type { TicketKindView } from '../../../../gateway/tickets/schema.ts'
import { api } from '../../api/client.ts'
import { useName, useT } from '../../i18n/index.ts'
import { NameFields } from '../../records/NameFields.tsx'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { DepartmentSelect } from '../../tickets/DepartmentSelect.tsx'
import { KeyField } from '../KeyField.tsx'
import { KindFields } from './KindFields.tsx'

interface Props {
  kind: TicketKindView | undefined
  onClose(): void
}

const empty: TicketKindView = {
  id: '',
  name: { zh: '', en: '' },
  prefix: '',
  dueHours: 72,
  department: '',
  fields: [],
}

export function KindDrawer({ kind, onClose }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const name = useName()
  const { message } = App.useApp()
  const edit = useRecordForm<TicketKindView, TicketKindView>({
    record: kind,
    toValues: (stored) => ({ ...empty, ...stored }),
    toBody: (values) => values,
    schema: ticketKindView,
    send: (body) => {
      const { id, ...rest } = body as TicketKindView
      return api.put<TicketKindView>(`/ticket-kinds/${id}`, rest)
    },
    touches: ['/ticket-kinds'],
    onSaved: () => {
      void message.success(t('kinds.saved'))
      onClose()
    },
  })
  return (
    <RecordDrawer
      title={kind ? name(kind.name) : words('create')}
      size={720}
      edit={edit}
      onClose={onClose}
    >
      <NameFields />
      <div className="pair">
        <KeyField fixed={kind !== undefined} />
        <Form.Item
          name="prefix"
          label={t('kinds.prefix')}
          required
          extra={t('kinds.prefixHint')}
          normalize={(typed: string) => typed.toUpperCase()}
        >
          <Input maxLength={3} spellCheck={false} />
        </Form.Item>
        <Form.Item name="dueHours" label={t('kinds.dueHours')} required>
          <InputNumber
            min={1}
            max={24 * 365}
            precision={0}
            suffix={t('kinds.hoursUnit')}
            style={{ width: '100%' }}
          />
        </Form.Item>
        <Form.Item name="department" label={t('kinds.department')}>
          <DepartmentSelect />
        </Form.Item>
      </div>
      <KindFields />
    </RecordDrawer>
  )
}
