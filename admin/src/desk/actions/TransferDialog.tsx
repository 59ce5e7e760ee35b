import { App, Form, Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { ColleagueField } from './ColleagueField.tsx'
import { QueueField } from './QueueField.tsx'
import { useDeskActions } from './useDeskActions.ts'

interface Props {
  card: ConversationCard
  onClose(): void
}

interface Values {
  toQueueId?: string
  toAgentId?: string
  note?: string
}

/** To a queue or to a colleague, with a note that goes along. */
export function TransferDialog({ card, onClose }: Props) {
  const t = useT('desk')
  const { message } = App.useApp()
  const { transfer, busy } = useDeskActions()
  const [to, setTo] = useState<'queue' | 'agent'>('queue')
  const [form] = Form.useForm<Values>()

  async function submit({ toQueueId, toAgentId, note = '' }: Values) {
    const target = to === 'queue' ? toQueueId && { toQueueId } : toAgentId && { toAgentId }
    if (!target || !(await transfer(card, target, note))) return
    void message.success(t('transfer.done'))
    onClose()
  }

  return (
    <Modal
      open
      title={t('transfer.title')}
      okText={t('transfer.go')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Segmented
          block
          value={to}
          onChange={setTo}
          options={[
            { value: 'queue', label: t('transfer.toQueue') },
            { value: 'agent', label: t('transfer.toAgent') },
          ]}
          className="transfer-to"
        />
        {to === 'queue' ? (
          <QueueField name="toQueueId" label={t('transfer.toQueue')} />
        ) : (
          <ColleagueField
            name="toAgentId"
            label={t('transfer.toAgent')}
            busyWith={({ load, capacity }) => `${load}/${capacity}`}
          />
        )}
        <Form.Item name="note" label={t('transfer.note')}>
          <Input.TextArea
            rows={3}
            maxLength={500}
            showCount
            placeholder={t('transfer.notePlaceholder')}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
