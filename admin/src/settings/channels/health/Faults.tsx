import type { AccountView, HealthView } from '../../../../../gateway/accounts/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { Time } from '../../../records/Time.tsx'
import { useCodeWords } from '../../../records/useCodeWords.ts'
import { HealthMark } from './HealthMark.tsx'

interface Props {
  faults: HealthView['faults']
  channel: AccountView['channel']
}

/** What went wrong of late, newest first. */
export function Faults({ faults, channel }: Props) {
  const t = useT('settings')
  const wordsOf = useCodeWords()
  if (faults.length === 0) return <p className="quiet">{t('channels.health.noFaults')}</p>
  return (
    <>
      <h4>{t('channels.health.faults')}</h4>
      <ol className="faults">
        {faults.map((fault) => (
          <li key={`${fault.atMs}-${fault.code}`}>
            <span className="fault-head">
              <HealthMark health={fault} /> <Time atMs={fault.atMs} />
              {fault.times > 1 && (
                <span className="quiet">{t('channels.health.times', { count: fault.times })}</span>
              )}
            </span>
            <span>{wordsOf(fault.code, channel) ?? t('channels.health.unworded')}</span>
            <code>{[fault.code, fault.detail].filter(Boolean).join(' · ')}</code>
          </li>
        ))}
      </ol>
    </>
  )
}
