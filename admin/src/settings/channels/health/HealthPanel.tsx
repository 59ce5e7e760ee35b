import { QRCode } from 'antd'
import type { AccountView, HealthView } from '../../../../../gateway/accounts/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { Time } from '../../../records/Time.tsx'
import { useCodeWords } from '../../../records/useCodeWords.ts'
import { Faults } from './Faults.tsx'
import { HealthMark } from './HealthMark.tsx'
import { standingFault } from './healthMarks.ts'

interface Props {
  health: HealthView
  channel: AccountView['channel']
}

/** How an account fares: since when, why, and what people can do about it. */
export function HealthPanel({ health, channel }: Props) {
  const t = useT('settings')
  const wordsOf = useCodeWords()
  const fault = standingFault(health)
  return (
    <section className="part" aria-labelledby="account-health">
      <h3 id="account-health">{t('channels.health.title')}</h3>
      <div role="status">
        <p>
          <HealthMark health={health} />{' '}
          {health.sinceMs > 0 && (
            <span className="quiet">
              {t('channels.health.since')} <Time atMs={health.sinceMs} />
            </span>
          )}
        </p>
        <p className={fault ? 'wrong' : 'quiet'}>
          {(fault &&
            (wordsOf(fault.code, channel) ?? t('channels.health.code', { code: fault.code }))) ||
            t(`channels.health.text.${health.state}`)}
        </p>
      </div>
      {health.lastOkMs !== undefined && health.state !== 'ok' && (
        <p className="quiet">
          {t('channels.health.lastOk')} <Time atMs={health.lastOkMs} />
        </p>
      )}
      {health.qrText && (
        <figure className="scan">
          <QRCode
            value={health.qrText}
            size={200}
            type="svg"
            aria-label={t('channels.health.scan')}
          />
          <figcaption>{t('channels.health.scan')}</figcaption>
        </figure>
      )}
      <Faults faults={health.faults} channel={channel} />
    </section>
  )
}
