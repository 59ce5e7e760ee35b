import { Form, Select } from 'antd'
import { useName, useT } from '../../i18n/index.ts'
import { useDeskState } from '../useDesk.ts'

/** Which queue, with who waits and who is free there. */
export function QueueField({ name, label }: { name: string; label: string }) {
  const t = useT('desk')
  const nameOf = useName()
  const queues = useDeskState((state) => state.queues)
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[{ required: true, message: t('transfer.queuePick') }]}
    >
      <Select
        autoFocus
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('transfer.queuePick')}
        options={queues.map((queue) => ({
          value: queue.id,
          label: [
            nameOf(queue.name),
            queue.open
              ? t('transfer.queueLine', { waiting: queue.waiting, ready: queue.readyAgents })
              : t('transfer.queueClosed'),
          ].join(' — '),
        }))}
      />
    </Form.Item>
  )
}
