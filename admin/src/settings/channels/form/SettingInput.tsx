import { Form, Input, InputNumber, Select, Switch } from 'antd'
import { useName } from '../../../i18n/index.ts'
import { SecretInput } from '../../../records/SecretInput.tsx'
import { TagsInput } from '../../../records/TagsInput.tsx'
import type { SettingField } from './settingFields.ts'

interface Props {
  field: SettingField
  /** of a secret: one is stored */
  isSet: boolean
}

/** One setting of an account, as its kind describes it. */
export function SettingInput({ field, isSet }: Props) {
  const say = useName()
  return (
    <Form.Item
      name={['settings', field.name]}
      label={say(field.label)}
      required={field.required}
      {...(field.help && { extra: say(field.help) })}
      {...(field.type === 'switch' && { valuePropName: 'checked' })}
    >
      {control(field, isSet, say)}
    </Form.Item>
  )
}

function control(field: SettingField, isSet: boolean, say: ReturnType<typeof useName>) {
  const { type, secret, required, maxLength, min, max, whole, options } = field
  const length = maxLength !== undefined && { maxLength }
  if (secret)
    return <SecretInput label={say(field.label)} isSet={isSet} optional={!required} {...length} />
  switch (type) {
    case 'switch':
      return <Switch />
    case 'number':
      return (
        <InputNumber<number>
          style={{ width: '100%' }}
          {...(min !== undefined && { min })}
          {...(max !== undefined && { max })}
          {...(whole && { precision: 0 })}
        />
      )
    case 'choice':
      return (
        <Select
          allowClear={!required}
          options={options.map(({ value, label }) => ({ value, label: say(label) }))}
        />
      )
    case 'list':
      return <TagsInput />
    case 'long':
      return <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} {...length} />
    case 'url':
      return <Input spellCheck={false} inputMode="url" placeholder="https://" {...length} />
    case 'text':
      return <Input spellCheck={false} autoComplete="off" {...length} />
  }
}
