import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { Me } from '../../../gateway/desk/protocol.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { passwordFault } from './passwordFault.ts'

interface Props {
  me: Me
  onChanged(): void
  onSignOut(): Promise<void>
}

interface Values {
  current: string
  next: string
}

/** The one-time password has to go before anything else. */
export function ChangePassword({ me, onChanged, onSignOut }: Props) {
  const t = useT('session')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  async function submit({ current, next }: Values) {
    setBusy(true)
    setError(undefined)
    try {
      await api.post('/session/password', { current, next })
      onChanged()
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form layout="vertical" size="large" requiredMark={false} onFinish={submit}>
      <h1>{t('choosePassword')}</h1>
      <p className="quiet">{t('choosePasswordHint', { name: me.name })}</p>
      <ErrorNotice error={error} />
      <Form.Item
        name="current"
        label={t('oneTimePassword')}
        rules={[{ required: true, message: t('passwordMissing') }]}
      >
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t('newPassword')}
        extra={t('passwordRule')}
        rules={[
          {
            validator: (_, value: string | undefined) => {
              const fault = passwordFault(value ?? '', me.userName)
              return fault ? Promise.reject(new Error(t(fault))) : Promise.resolve()
            },
          },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('again')}
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('next')
                ? Promise.resolve()
                : Promise.reject(new Error(t('notTheSame'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {t('change')}
      </Button>
      <Button type="link" block onClick={() => void onSignOut()}>
        {t('otherAccount')}
      </Button>
    </Form>
  )
}
