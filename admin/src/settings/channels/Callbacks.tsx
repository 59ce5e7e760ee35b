import { Alert } from 'antd'
import type { AccountView } from '../../../../gateway/accounts/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { CopyButton } from '../../records/CopyButton.tsx'
import { isComplete } from './isComplete.ts'

/** Where the provider must call us, to be entered in its console. */
export function Callbacks({ callbacks }: { callbacks: NonNullable<AccountView['callbacks']> }) {
  const t = useT('settings')
  const say = useName()
  if (callbacks.length === 0) return null
  return (
    <section className="part" aria-labelledby="account-callbacks">
      <h3 id="account-callbacks">{t('channels.callbacks.title')}</h3>
      <p className="quiet">{t('channels.callbacks.hint')}</p>
      {!callbacks.every(({ address }) => isComplete(address)) && (
        <Alert
          type="warning"
          showIcon
          title={t('channels.callbacks.incomplete')}
          description={
            <>
              {t('channels.callbacks.configure')}
              <pre className="code">YILU_PUBLIC_URL=https://hotline.example.cn</pre>
            </>
          }
        />
      )}
      <dl className="callbacks">
        {callbacks.map(({ address, name }) => (
          <div key={address}>
            <dt>{say(name)}</dt>
            <dd>
              <code>{address}</code>
              <CopyButton text={address} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
