import { App, Form, Input, InputNumber, Select, Switch } from 'antd'
import { useState } from 'react'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { createNumberBody, updateNumberBody } from '../../../../gateway/telephony/schema.ts'
import type { NumberView } from '../../../../gateway/telephony/schema.ts'
import { api } from '../../api/client.ts'
import { newKey } from '../../api/newKey.ts'
import { useT } from '../../i18n/index.ts'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { useLabels } from '../../records/useLabels.ts'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { TuneSelect } from '../TuneSelect.tsx'
import { numberBody, numberValues } from './numberForm.ts'
import type { NumberValues } from './numberForm.ts'
import { TagsInput } from '../../records/TagsInput.tsx'
import { tidyNumber } from './tidyNumber.ts'

interface Props {
  entry: NumberView | undefined
  flows: FlowSummaryView[]
  onClose(): void
}

const path = '/telephony/number-plan'
const touches = [path, '/telephony/numbers', '/accounts']

export function NumberDrawer({ entry, flows, onClose }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const labels = useLabels()
  const { message } = App.useApp()
  const [id] = useState(newKey)
  const edit = useRecordForm<NumberView, NumberValues>({
    record: entry,
    toValues: numberValues,
    toBody: (values, stored) => numberBody(values, stored, id),
    schema: entry ? updateNumberBody : createNumberBody,
    send: (body) =>
      entry ? api.patch<NumberView>(`${path}/${entry.id}`, body) : api.post<NumberView>(path, body),
    reload: async (stale) =>
      (await api.get<{ items: NumberView[] }>(path)).items.find((each) => each.id === stale.id) ??
      stale,
    touches,
    onSaved: () => {
      void message.success(t('telephony.numbers.saved'))
      onClose()
    },
  })
  const label = (field: string) => t(`telephony.numbers.${field}`)
  return (
    <RecordDrawer
      title={entry ? entry.name : words('create')}
      size={560}
      edit={edit}
      label={label}
      onClose={onClose}
      aside={
        entry && (
          <RemoveButton
            path={`${path}/${entry.id}`}
            title={t('removeTitle', { name: entry.name })}
            text={t('removeText')}
            touches={touches}
            onRemoved={onClose}
          />
        )
      }
    >
      <Form.Item name="name" label={label('name')} required extra={label('nameHint')}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name="numbers" label={label('numbers')} required extra={label('numbersHint')}>
        <TagsInput placeholder="12301" tidy={tidyNumber} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="flowId" label={label('flowId')} required>
          <Select
            options={flows
              .filter((flow) => flow.kind === 'main' || flow.id === entry?.flowId)
              .map((flow) => ({ value: flow.id, label: flow.name }))}
          />
        </Form.Item>
        <Form.Item name="lang" label={label('lang')} required>
          <Select
            options={['zh-CN', 'en'].map((value) => ({ value, label: labels.lang(value) }))}
          />
        </Form.Item>
      </div>
      <div className="pair">
        <Form.Item
          name={['ringback', 'tune']}
          label={label('ringback')}
          extra={label('ringbackHint')}
        >
          <TuneSelect kind="ringback" />
        </Form.Item>
        <Form.Item name={['ringback', 'seconds']} label={label('ringSeconds')}>
          <InputNumber min={2} max={60} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="holdTune" label={label('holdTune')} extra={label('holdTuneHint')}>
        <TuneSelect kind="hold" />
      </Form.Item>
      <Form.Item
        name="record"
        label={label('record')}
        valuePropName="checked"
        extra={label('recordHint')}
      >
        <Switch />
      </Form.Item>
      <Form.Item
        name="enabled"
        label={label('enabled')}
        valuePropName="checked"
        extra={label('enabledHint')}
      >
        <Switch />
      </Form.Item>
    </RecordDrawer>
  )
}
