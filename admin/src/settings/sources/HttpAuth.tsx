import { Form, Input, Select } from 'antd'
import { useT } from '../../i18n/index.ts'

const kinds = ['none', 'basic', 'bearer', 'header', 'oauth2'] as const

/** How we sign in to a web service; the secret itself has a field of its own. */
export function HttpAuth() {
  const t = useT('settings/sources')
  const kind: unknown = Form.useWatch(['settings', 'auth', 'kind'])
  const text = (field: string, required = true, placeholder?: string) => (
    <Form.Item name={['settings', 'auth', field]} label={t(`auth.${field}`)} required={required}>
      <Input spellCheck={false} autoComplete="off" {...(placeholder && { placeholder })} />
    </Form.Item>
  )
  return (
    <>
      <Form.Item name={['settings', 'auth', 'kind']} label={t('auth.title')}>
        <Select options={kinds.map((value) => ({ value, label: t(`auth.kinds.${value}`) }))} />
      </Form.Item>
      {kind === 'basic' && text('userName')}
      {kind === 'header' && text('header', true, 'X-Api-Key')}
      {kind === 'oauth2' && (
        <>
          {text('tokenUrl', true, 'https://…/oauth/token')}
          <div className="pair">
            {text('clientId')}
            {text('scope', false)}
            <Form.Item name={['settings', 'auth', 'sendAs']} label={t('auth.sendAs')}>
              <Select
                options={['header', 'body'].map((value) => ({
                  value,
                  label: t(`auth.sendAsKinds.${value}`),
                }))}
              />
            </Form.Item>
          </div>
        </>
      )}
    </>
  )
}
