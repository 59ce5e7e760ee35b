import { Form, Input } from 'antd'
import { SecretInput } from '../../records/SecretInput.tsx'

interface Props {
  /** path of the pair {userName, password} in the form */
  name: string[]
  userLabel: string
  passwordLabel: string
  /** one is stored; it is never shown, only replaced */
  hasPassword: boolean
}

export function SecretFields({ name, userLabel, passwordLabel, hasPassword }: Props) {
  return (
    <div className="pair">
      <Form.Item name={[...name, 'userName']} label={userLabel}>
        <Input maxLength={64} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name={[...name, 'password']} label={passwordLabel}>
        <SecretInput label={passwordLabel} maxLength={128} isSet={hasPassword} />
      </Form.Item>
    </div>
  )
}
