import { Form, Input, InputNumber, Select, Switch } from 'antd'
import { useT } from '../../i18n/index.ts'
import { SecretFields } from './SecretFields.tsx'
import { TagsInput } from '../../records/TagsInput.tsx'
import { tidyNumber } from './tidyNumber.ts'

/** Calling out over the trunk, and being known at its other end. */
export function TrunkOutbound({ hasPassword }: { hasPassword: boolean }) {
  const t = useT('settings')
  const label = (field: string) => t(`telephony.trunks.${field}`)
  const registers: unknown = Form.useWatch('registers')
  return (
    <section className="part">
      <h3>{label('outboundPart')}</h3>
      <Form.Item name="outbound" label={label('outbound')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item
        name="callerNumbers"
        label={label('callerNumbers')}
        extra={label('callerNumbersHint')}
      >
        <TagsInput placeholder="02912301" tidy={tidyNumber} />
      </Form.Item>
      <Form.Item name="dials" label={label('dials')} extra={label('dialsHint')}>
        <TagsInput placeholder="1*, 0*" tidy={tidyNumber} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="priority" label={label('priority')} extra={label('priorityHint')}>
          <InputNumber min={0} max={99} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="maxCalls" label={label('maxCalls')} extra={label('maxCallsHint')}>
          <InputNumber min={1} max={10000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <p className="quiet">{label('credentialsHint')}</p>
      <SecretFields
        name={['credentials']}
        userLabel={label('credentialsUser')}
        passwordLabel={label('credentialsPassword')}
        hasPassword={hasPassword}
      />
      <Form.Item
        name="registers"
        label={label('registers')}
        valuePropName="checked"
        extra={label('registersHint')}
      >
        <Switch />
      </Form.Item>
      {registers === true && (
        <>
          <div className="pair">
            <Form.Item name={['register', 'aor']} label={label('aor')} required>
              <Input maxLength={200} placeholder="sip:02912301@sip.example.cn" spellCheck={false} />
            </Form.Item>
            <Form.Item name={['register', 'expiresSeconds']} label={label('expires')} required>
              <InputNumber min={60} max={86400} precision={0} style={{ width: '100%' }} />
            </Form.Item>
          </div>
          <div className="trunk-peer">
            <Form.Item
              name={['register', 'registrar', 'host']}
              label={label('registrarHost')}
              extra={label('registrarHint')}
            >
              <Input maxLength={253} spellCheck={false} />
            </Form.Item>
            <Form.Item name={['register', 'registrar', 'port']} label={label('port')}>
              <InputNumber min={1} max={65535} precision={0} style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name={['register', 'registrar', 'transport']} label={label('transport')}>
              <Select
                options={['udp', 'tcp', 'tls'].map((value) => ({
                  value,
                  label: value.toUpperCase(),
                }))}
              />
            </Form.Item>
          </div>
        </>
      )}
    </section>
  )
}
