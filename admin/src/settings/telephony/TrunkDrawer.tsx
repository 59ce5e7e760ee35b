import { App, Form, Input, InputNumber, Select, Switch } from 'antd'
import { useState } from 'react'
import { createTrunkBody, updateTrunkBody } from '../../../../gateway/telephony/schema.ts'
import type { TrunkView } from '../../../../gateway/telephony/schema.ts'
import { api } from '../../api/client.ts'
import { newKey } from '../../api/newKey.ts'
import { useT } from '../../i18n/index.ts'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { PingButton } from './PingButton.tsx'
import { trunkBody, trunkValues } from './trunkForm.ts'
import type { TrunkValues } from './trunkForm.ts'
import { TrunkInbound } from './TrunkInbound.tsx'
import { TrunkOutbound } from './TrunkOutbound.tsx'

interface Props {
  trunk: TrunkView | undefined
  onClose(): void
}

const path = '/telephony/trunks'
const touches = [path, '/telephony/numbers', '/telephony/status']

export function TrunkDrawer({ trunk, onClose }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const { message } = App.useApp()
  const [id] = useState(newKey)
  const edit = useRecordForm<TrunkView, TrunkValues>({
    record: trunk,
    toValues: trunkValues,
    toBody: (values, stored) => trunkBody(values, stored, id),
    schema: trunk ? updateTrunkBody : createTrunkBody,
    send: (body) =>
      trunk ? api.patch<TrunkView>(`${path}/${trunk.id}`, body) : api.post<TrunkView>(path, body),
    reload: async (stale) =>
      (await api.get<{ items: TrunkView[] }>(path)).items.find((each) => each.id === stale.id) ??
      stale,
    touches,
    onSaved: () => {
      void message.success(t('telephony.trunks.saved'))
      onClose()
    },
  })
  const label = (field: string) => t(`telephony.trunks.${field}`)
  return (
    <RecordDrawer
      title={trunk ? trunk.name : words('create')}
      size={640}
      edit={edit}
      label={label}
      onClose={onClose}
      aside={
        trunk && (
          <>
            <RemoveButton
              path={`${path}/${trunk.id}`}
              title={t('removeTitle', { name: trunk.name })}
              text={t('removeText')}
              touches={touches}
              onRemoved={onClose}
            />
            <PingButton trunk={trunk} />
          </>
        )
      }
    >
      <Form.Item name="name" label={label('name')} required>
        <Input maxLength={64} />
      </Form.Item>
      <div className="trunk-peer">
        <Form.Item name="host" label={label('host')} required>
          <Input maxLength={253} placeholder="sip.example.cn" spellCheck={false} />
        </Form.Item>
        <Form.Item name="port" label={label('port')} required>
          <InputNumber min={1} max={65535} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="transport" label={label('transport')} required>
          <Select
            options={['udp', 'tcp', 'tls'].map((value) => ({ value, label: value.toUpperCase() }))}
          />
        </Form.Item>
      </div>
      <Form.Item
        name="enabled"
        label={label('enabled')}
        valuePropName="checked"
        extra={label('enabledHint')}
      >
        <Switch />
      </Form.Item>
      <TrunkInbound hasPassword={trunk?.inbound.digest?.hasPassword ?? false} />
      <TrunkOutbound hasPassword={trunk?.credentials?.hasPassword ?? false} />
    </RecordDrawer>
  )
}
