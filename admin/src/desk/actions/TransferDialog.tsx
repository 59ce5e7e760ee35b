import { App, Form, Input, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { may } from '../../../../gateway/domain/staff.ts'
import { useName, useT } from '../../i18n/index.ts'
import { useSession } from '../../session/useSession.ts'
import { useDeskState } from '../useDesk.ts'
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
  const name = useName()
  const { me } = useSession()
  const { message } = App.useApp()
  const queues = useDeskState((state) => state.queues)
  const agents = useDeskState((state) => state.agents)
  const { transfer, busy } = useDeskActions()
  const [to, setTo] = useState<'queue' | 'agent'>('queue')
  const [form] = Form.useForm<Values>()

  const colleagues = Object.values(agents)
    .filter(({ id, role, state }) => id !== me.id && state !== 'offline' && may(role, 'serve'))
    .sort((a, b) => Number(b.state === 'ready') - Number(a.state === 'ready') || a.load - b.load)

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
          <Form.Item
            name="toQueueId"
            label={t('transfer.toQueue')}
            rules={[{ required: true, message: t('transfer.queuePick') }]}
          >
            <Select
              autoFocus
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('transfer.queuePick')}
              options={queues.map((queue) => ({
                value: queue.id,
                label: [
                  name(queue.name),
                  queue.open
                    ? t('transfer.queueLine', { waiting: queue.waiting, ready: queue.readyAgents })
                    : t('transfer.queueClosed'),
                ].join(' — '),
              }))}
            />
          </Form.Item>
        ) : (
          <Form.Item
            name="toAgentId"
            label={t('transfer.toAgent')}
            rules={[{ required: true, message: t('transfer.agentPick') }]}
          >
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('transfer.agentPick')}
              notFoundContent={t('transfer.nobody')}
              options={colleagues.map((agent) => ({
                value: agent.id,
                label: `${agent.name} — ${t(`state.${agent.state}`)} ${agent.load}/${agent.capacity}`,
              }))}
            />
          </Form.Item>
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
