import { Form, Input } from 'antd'
import { useT } from '../../i18n/index.ts'

interface Props {
  /** path of the pair {userName, password} in the form */
  name: string[]
  userLabel: string
  passwordLabel: string
  /** one is stored; it is never shown, only replaced */
  hasPassword: boolean
}

export function SecretFields({ name, userLabel, passwordLabel, hasPassword }: Props) {
  const t = useT('settings')
  return (
    <div className="pair">
      <Form.Item name={[...name, 'userName']} label={userLabel}>
        <Input maxLength={64} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name={[...name, 'password']} label={passwordLabel}>
        <Input.Password
          maxLength={128}
          // keeps the browser from offering the console's own password
          autoComplete="new-password"
          {...(hasPassword && { placeholder: t('telephony.trunks.keep') })}
        />
      </Form.Item>
    </div>
  )
}
