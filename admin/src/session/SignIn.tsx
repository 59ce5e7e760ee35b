import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { Me } from '../../../gateway/desk/protocol.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'

interface Props {
  onArrived(me: Me): void
  /** the session went while working: say so */
  ended: boolean
}

export function SignIn({ onArrived, ended }: Props) {
  const t = useT('session')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  async function submit(values: { userName: string; password: string }) {
    setBusy(true)
    setError(undefined)
    try {
      await api.post('/session', values)
      onArrived(await api.get<Me>('/session'))
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form layout="vertical" size="large" requiredMark={false} onFinish={submit}>
      <h1>{t('signIn')}</h1>
      <p className="quiet">{t('signInHint')}</p>
      {ended && !error && <Alert type="info" showIcon title={t('ended')} />}
      <ErrorNotice error={error} />
      <Form.Item
        name="userName"
        label={t('userName')}
        rules={[{ required: true, message: t('userNameMissing') }]}
      >
        <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('password')}
        rules={[{ required: true, message: t('passwordMissing') }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {t('signIn')}
      </Button>
    </Form>
  )
}
