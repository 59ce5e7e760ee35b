import { Form, Input, Select, Switch } from 'antd'
import type { StaffView } from '../../../../gateway/staff/schema.ts'
import { useT } from '../../i18n/index.ts'

interface Props {
  isNew: boolean
  members: StaffView[]
}

export function ExtensionFields({ isNew, members }: Props) {
  const t = useT('settings')
  const label = (field: string) => t(`telephony.extensions.${field}`)
  return (
    <>
      <div className="pair">
        <Form.Item
          name="id"
          label={label('number')}
          required={isNew}
          extra={isNew && label('numberHint')}
        >
          <Input
            readOnly={!isNew}
            variant={isNew ? 'outlined' : 'filled'}
            maxLength={8}
            inputMode="numeric"
            placeholder="801"
            autoComplete="off"
          />
        </Form.Item>
        <Form.Item name="name" label={label('name')} required>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item
        name="staffId"
        label={label('staffId')}
        extra={label('staffHint')}
        normalize={(id?: string) => id ?? null}
      >
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={label('nobody')}
          options={members.map(({ id, displayName, userName }) => ({
            value: id,
            label: `${displayName} (${userName})`,
          }))}
        />
      </Form.Item>
      {isNew && (
        <Form.Item name="password" label={label('password')} extra={label('passwordHint')}>
          <Input.Password maxLength={128} autoComplete="new-password" />
        </Form.Item>
      )}
      <Form.Item
        name="enabled"
        label={label('enabled')}
        valuePropName="checked"
        extra={label('enabledHint')}
      >
        <Switch />
      </Form.Item>
    </>
  )
}
