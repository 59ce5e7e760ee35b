import type { SourceView } from '../../../../gateway/sources/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { ListTab } from '../ListTab.tsx'
import { HealthMark } from './HealthMark.tsx'
import { SourceDrawer } from './SourceDrawer.tsx'
import { Sparkline } from './Sparkline.tsx'
import './sources.css'

/** What flows query: tables kept here, web services, databases. */
export function SourcesTab() {
  const t = useT('settings/sources')
  const name = useName()
  return (
    <ListTab<SourceView>
      path="/sources"
      name={t('title')}
      hint={t('hint')}
      empty={t('empty')}
      width={860}
      titleOf={(source) => name(source.name) || source.id}
      drawer={(source, close) => <SourceDrawer source={source} onClose={close} />}
      columns={[
        {
          title: t('kind'),
          width: 190,
          render: (_, { kind, origin }) => (
            <>
              <Mark tone="teal">{t(`kinds.${kind}`)}</Mark>
              {origin !== 'stored' && <Mark>{t(`origin.${origin}`)}</Mark>}
            </>
          ),
        },
        {
          title: t('health.title'),
          width: 130,
          render: (_, { health, kind }) =>
            kind === 'table' ? <span className="quiet">—</span> : <HealthMark health={health} />,
        },
        {
          title: t('health.latency'),
          width: 170,
          render: (_, { health, kind }) =>
            kind === 'table' ? null : <Sparkline latencyMs={health.latencyMs} />,
        },
        {
          title: t('health.asked'),
          width: 150,
          render: (_, { health, kind }) =>
            kind === 'table'
              ? null
              : t('health.counts', { asked: health.asked, cached: health.cached }),
        },
        {
          title: t('usedBy.title'),
          width: 120,
          render: (_, { usedBy }) =>
            usedBy.length > 0 ? t('usedBy.count', { count: usedBy.length }) : t('usedBy.none'),
        },
      ]}
    />
  )
}
