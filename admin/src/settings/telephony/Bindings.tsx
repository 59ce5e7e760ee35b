import type { TelephonyStatusView } from '../../../../gateway/telephony/schema.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'

export function Bindings({ bindings }: { bindings: TelephonyStatusView['bindings'] }) {
  const t = useT('settings')
  const format = useFormat()
  if (bindings.length === 0) return <p className="quiet">{t('telephony.status.noBindings')}</p>
  return (
    <table className="status-table">
      <thead>
        <tr>
          <th scope="col">{t('telephony.status.extension')}</th>
          <th scope="col">{t('telephony.status.phone')}</th>
          <th scope="col">{t('telephony.status.validUntil')}</th>
        </tr>
      </thead>
      <tbody>
        {bindings.map(({ extension, uri, host, port, transport, userAgent, untilMs }) => (
          <tr key={`${extension} ${uri}`}>
            <td>{extension}</td>
            <td>
              {userAgent ?? uri}
              <div className="quiet">
                {host}:{port} {transport.toUpperCase()}
              </div>
            </td>
            <td>{format.time(untilMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
