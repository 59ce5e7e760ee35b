import type { SourceView } from '../../../../gateway/sources/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { Time } from '../../records/Time.tsx'
import { HealthMark } from './HealthMark.tsx'
import { Sparkline } from './Sparkline.tsx'

/** How a source fares since the start, and who asks it. */
export function SourceState({ source }: { source: SourceView }) {
  const t = useT('settings/sources')
  const say = useName()
  const { health, usedBy, kind } = source
  return (
    <section className="part">
      <h3>{t('state')}</h3>
      <dl className="facts">
        {kind !== 'table' && (
          <>
            <dt>{t('health.title')}</dt>
            <dd>
              <HealthMark health={health} />
            </dd>
            <dt>{t('health.lastOk')}</dt>
            <dd>{health.lastOkMs === undefined ? '—' : <Time atMs={health.lastOkMs} />}</dd>
            {health.lastFault && (
              <>
                <dt>{t('health.lastFault')}</dt>
                <dd>
                  <Time atMs={health.lastFault.atMs} /> {say(health.lastFault)}
                </dd>
              </>
            )}
            <dt>{t('health.latency')}</dt>
            <dd>
              <Sparkline latencyMs={health.latencyMs} />
            </dd>
            <dt>{t('health.asked')}</dt>
            <dd>{t('health.all', { ...health })}</dd>
          </>
        )}
        <dt>{t('usedBy.title')}</dt>
        <dd>
          {usedBy.length === 0 && t('usedBy.none')}
          {usedBy.map(({ flowId, name, block, live }) => (
            <div key={`${flowId} ${block}`}>
              <a href={`#/flows/${flowId}`}>{name}</a> › {block}{' '}
              <Mark tone={live ? 'green' : 'plain'}>
                {t(live ? 'usedBy.live' : 'usedBy.draft')}
              </Mark>
            </div>
          ))}
        </dd>
      </dl>
    </section>
  )
}
