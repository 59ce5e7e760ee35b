import { Alert, Empty, Skeleton } from 'antd'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { Load } from '../../records/Load.tsx'
import { navigate, useRoute } from '../../router.tsx'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { BlockTable } from './BlockTable.tsx'
import { MeasureBar } from './MeasureBar.tsx'
import type { Looked } from './MeasureBar.tsx'
import { lastDays } from './period.ts'
import { rowsOf } from './rows.ts'
import { Totals } from './Totals.tsx'
import { useBlockNames } from './useBlockNames.ts'
import { useFiguresOnCanvas } from './useFiguresOnCanvas.ts'
import { useMeasures } from './useMeasures.ts'
import { useShown } from './useShown.ts'
import { Words } from './Words.tsx'
import './measure.css'

// charts are a large part of the console and seldom looked at
const SeriesChart = lazy(() =>
  import('./SeriesChart.tsx').then((module) => ({ default: module.SeriesChart })),
)

/** Where FlowDesk shows the figures by themselves. */
const FIGURES_TAB = 'figures'
const DAYS_AT_FIRST = 7

/** What callers did in this flow: on the canvas, in tables and over time. */
export function MeasurePane() {
  const t = useT('flows/measure')
  const { flowId, doc, select } = useFlowEditor()
  // on a page of its own the drawing is elsewhere
  const alone = useRoute().segments[2] === FIGURES_TAB
  const [looked, look] = useState<Looked>(() => ({ ...lastDays(DAYS_AT_FIRST, Date.now()) }))
  const { compare, ...query } = looked
  const measures = useMeasures(flowId, query)
  const other = useMeasures(flowId, { ...query, version: compare }, compare !== undefined)
  const names = useBlockNames(doc)
  const { data } = measures
  const compared = compare === undefined ? undefined : other.data

  const pane = useRef<HTMLElement>(null)
  useFiguresOnCanvas(data?.blocks, useShown(pane))
  const go = (block: string) => {
    select([block], { bringIntoView: true })
    if (alone) navigate(`/flows/${flowId}/canvas`)
  }

  const rows = useMemo(() => data && rowsOf(data.blocks, compared?.blocks), [data, compared])
  return (
    <section className="measure" aria-label={t('title')} ref={pane}>
      <MeasureBar flowId={flowId} looked={looked} onLook={look} choices={data} />
      <Load of={measures}>
        {(figures) =>
          figures.blocks.length === 0 && figures.totals.started === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('empty')} />
          ) : (
            <>
              {figures.totals.started === 0 ? (
                <Alert type="info" showIcon title={t('calledOnly')} />
              ) : (
                <>
                  <Totals
                    now={figures.totals}
                    other={compared?.totals}
                    version={looked.version}
                    compare={compare}
                  />
                  <Suspense fallback={<Skeleton active paragraph={{ rows: 4 }} />}>
                    <SeriesChart series={figures.series} step={figures.step} />
                  </Suspense>
                </>
              )}
              <BlockTable
                rows={rows ?? []}
                names={names}
                onGo={go}
                wide={alone}
                versions={
                  looked.version !== undefined && compare !== undefined
                    ? [looked.version, compare]
                    : undefined
                }
              />
            </>
          )
        }
      </Load>
      <Words flowId={flowId} names={names} onGo={go} wide={alone} />
    </section>
  )
}
