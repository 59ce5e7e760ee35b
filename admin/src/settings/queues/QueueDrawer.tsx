import { App, Form, InputNumber, Select, Switch } from 'antd'
import { createQueueBody, updateQueueBody } from '../../../../gateway/routing/schema.ts'
import type { QueueView, ScheduleView } from '../../../../gateway/routing/schema.ts'
import { api } from '../../api/client.ts'
import { useName, useT } from '../../i18n/index.ts'
import { NameFields } from '../../records/NameFields.tsx'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { useItems } from '../../records/useItems.ts'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { KeyField } from '../KeyField.tsx'
import { SkillLevels } from '../SkillLevels.tsx'
import { QueueTimes } from './QueueTimes.tsx'
import { QueueVoice } from './QueueVoice.tsx'
import { queueBody, queueValues } from './queueForm.ts'
import type { QueueValues } from './queueForm.ts'

const strategies = ['longestIdle', 'leastLoaded', 'highestSkill'] as const

interface Props {
  queue: QueueView | undefined
  onClose(): void
}

export function QueueDrawer({ queue, onClose }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const name = useName()
  const { message } = App.useApp()
  const schedules = useItems<ScheduleView>('/schedules')
  const edit = useRecordForm<QueueView, QueueValues>({
    record: queue,
    toValues: queueValues,
    toBody: queueBody,
    schema: queue ? updateQueueBody : createQueueBody,
    send: (body) =>
      queue
        ? api.patch<QueueView>(`/queues/${queue.id}`, body)
        : api.post<QueueView>('/queues', body),
    reload: async (stale) =>
      (await api.get<{ items: QueueView[] }>('/queues')).items.find(({ id }) => id === stale.id) ??
      stale,
    touches: ['/queues'],
    onSaved: () => {
      void message.success(t('queues.saved'))
      onClose()
    },
  })
  return (
    <RecordDrawer
      title={queue ? name(queue.name) : words('create')}
      size={640}
      edit={edit}
      label={(field) => (field === 'name' ? t('name') : t(`queues.${field}`))}
      onClose={onClose}
      aside={
        queue && (
          <RemoveButton
            path={`/queues/${queue.id}`}
            title={t('removeTitle', { name: name(queue.name) })}
            text={t('removeText')}
            touches={['/queues']}
            onRemoved={onClose}
          />
        )
      }
    >
      <NameFields />
      <KeyField fixed={queue !== undefined} />
      <div className="pair">
        <Form.Item name="strategy" label={t('queues.strategy')}>
          <Select
            options={strategies.map((value) => ({ value, label: t(`queues.strategies.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="defaultPriority"
          label={t('queues.defaultPriority')}
          extra={t('queues.defaultPriorityHint')}
        >
          <InputNumber min={0} max={9} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="skills" label={t('queues.skills')}>
        <SkillLevels />
      </Form.Item>
      <Form.Item
        name="scheduleId"
        label={t('queues.scheduleId')}
        normalize={(id?: string) => id ?? null}
      >
        <Select
          allowClear
          placeholder={t('queues.always')}
          options={
            schedules.data?.map(({ id, name: both }) => ({ value: id, label: name(both) })) ?? []
          }
        />
      </Form.Item>
      <QueueTimes />
      <QueueVoice />
      <Form.Item
        name="enabled"
        label={t('enabled')}
        valuePropName="checked"
        extra={t('queues.enabledHint')}
      >
        <Switch />
      </Form.Item>
    </RecordDrawer>
  )
}
