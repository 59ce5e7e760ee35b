import { Alert } from 'antd'
import { useT } from '../../i18n/index.ts'
import { CopyButton } from '../../records/CopyButton.tsx'
import { baresipAccount, phoneSettings } from './phoneSettings.ts'
import { useStatus } from './useStatus.ts'

interface Props {
  extension: string
  /** known only right after it was made */
  password?: string
}

/** What to enter into a phone, worked out for this server. */
export function PhoneSetup({ extension, password }: Props) {
  const t = useT('settings')
  const status = useStatus()
  const label = (field: string) => t(`telephony.extensions.${field}`)
  if (!status.data) return null
  const found = phoneSettings(status.data.listeners, window.location.hostname)
  const shown = found ?? { server: `${window.location.hostname}:5060`, transport: 'udp' as const }
  const rows: [string, string][] = [
    ['server', shown.server],
    ['user', extension],
    ['password', password ?? '••••••••'],
    ['transport', shown.transport.toUpperCase()],
    ['codecs', label('codecsText')],
    ['realm', status.data.realm],
  ]
  return (
    <section className="part">
      <h3>{label('setup')}</h3>
      <p className="quiet">{label('setupHint')}</p>
      {!found && <Alert type="warning" showIcon title={label('noListener')} />}
      <dl className="facts phone-setup">
        {rows.map(([field, value]) => (
          <div key={field} className="phone-setup-row">
            <dt>{label(field)}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <CopyButton text={baresipAccount(extension, shown, password)} label={label('copyBaresip')} />
    </section>
  )
}
