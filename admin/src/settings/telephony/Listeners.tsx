import type { TelephonyStatusView } from '../../../../gateway/telephony/schema.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'

const counts = ['calls', 'transactions', 'received', 'malformed', 'retransmitted'] as const

export function Listeners({ status: { listeners, sip } }: { status: TelephonyStatusView }) {
  const t = useT('settings')
  const { number } = useFormat()
  return (
    <>
      {listeners.length === 0 && <p className="quiet">{t('telephony.status.noListeners')}</p>}
      <ul className="status-list">
        {listeners.map(({ transport, host, port }) => (
          <li key={`${transport}${host}${port}`}>
            <code>
              {host}:{port}
            </code>{' '}
            <span className="quiet">{transport.toUpperCase()}</span>
          </li>
        ))}
      </ul>
      {sip && (
        <dl className="facts" style={{ marginTop: 12 }}>
          {counts.map((name) => (
            <div key={name} className="phone-setup-row">
              <dt>{t(`telephony.status.${name}`)}</dt>
              <dd>{number(sip[name])}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
