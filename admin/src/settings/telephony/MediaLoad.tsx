import type { TelephonyStatusView } from '../../../../gateway/telephony/schema.ts'
import { useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { loadTone } from './loadTone.ts'

/** Beyond this the 20 ms clock of a worker runs late enough to be heard (DESIGN §5). */
const LATE_MS = 5

export function MediaLoad({ workers }: { workers: TelephonyStatusView['workers'] }) {
  const t = useT('settings')
  if (workers.length === 0) return <p className="quiet">{t('telephony.status.noWorkers')}</p>
  return (
    <ul className="status-list">
      {workers.map(({ worker, rooms, rtpLegs, webrtcLegs, recordings, used, latenessP99Ms }) => {
        const percent = Math.round(used * 100)
        return (
          <li key={worker}>
            <b>{t('telephony.status.worker', { id: worker + 1 })}</b> {percent} %
            <div
              className="load-bar"
              role="meter"
              aria-label={t('telephony.status.worker', { id: worker + 1 })}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.min(100, percent)}
            >
              <span
                className={`load-${loadTone(used)}`}
                style={{ width: `${Math.min(100, percent)}%` }}
              />
            </div>
            <span className="quiet">
              {t('telephony.status.load', {
                rooms,
                rtp: rtpLegs,
                web: webrtcLegs,
                rec: recordings,
              })}
            </span>{' '}
            <span title={t('telephony.status.latenessHint')}>
              <Mark tone={latenessP99Ms > LATE_MS ? 'amber' : 'plain'}>
                {t('telephony.status.lateness', { ms: latenessP99Ms.toFixed(1) })}
              </Mark>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
