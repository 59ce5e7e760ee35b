import type { TelephonyStatusView, TrunkView } from '../../../../gateway/telephony/schema.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { Mark } from '../../records/Mark.tsx'
import type { Tone } from '../../records/Mark.tsx'
import { useItems } from '../../records/useItems.ts'

type Registration = TelephonyStatusView['registrations'][number]
const tones: Record<Registration['state'], Tone> = {
  registering: 'blue',
  registered: 'green',
  failed: 'red',
}

export function Registrations({ registrations }: { registrations: Registration[] }) {
  const t = useT('settings')
  const format = useFormat()
  const trunks = useItems<TrunkView>('/telephony/trunks')
  if (registrations.length === 0)
    return <p className="quiet">{t('telephony.status.noRegistrations')}</p>
  return (
    <table className="status-table">
      <thead>
        <tr>
          <th scope="col">{t('telephony.status.trunk')}</th>
          <th scope="col">{t('telephony.status.state')}</th>
        </tr>
      </thead>
      <tbody>
        {registrations.map(({ trunkId, state, untilMs, status, reason, retryAtMs }) => (
          <tr key={trunkId}>
            <td>{trunks.data?.find(({ id }) => id === trunkId)?.name ?? trunkId}</td>
            <td>
              <Mark tone={tones[state]}>{t(`telephony.status.states.${state}`)}</Mark>{' '}
              {[status, reason].filter(Boolean).join(' ')}{' '}
              <span className="quiet">
                {untilMs && t('telephony.status.until', { at: format.time(untilMs) })}
                {retryAtMs && t('telephony.status.retry', { at: format.time(retryAtMs) })}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
