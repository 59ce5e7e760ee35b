import { useMemo } from 'react'
import type {
  MeasuresPoint,
  MeasuresTotals,
  MeasuresView,
} from '../../../../gateway/measures/schema.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { Chart } from '../../wallboard/Chart.tsx'

/** Dark enough on white to be told apart, also in grey (WCAG 1.4.11). */
const lines = [
  ['started', '#0f766e', 'solid'],
  ['gaveUp', '#b91c1c', 'dashed'],
  ['askedForPerson', '#1d4ed8', 'dotted'],
] as const satisfies readonly (readonly [keyof MeasuresTotals, string, string])[]

/** The period, hour by hour or day by day; the same figures stand in a table below it. */
export function SeriesChart({
  series,
  step,
}: {
  series: readonly MeasuresPoint[]
  step: MeasuresView['step']
}) {
  const t = useT('flows/measure')
  const format = useFormat()
  const option = useMemo(
    () => ({
      animation: false,
      grid: { left: 44, right: 12, top: 34, bottom: 26 },
      tooltip: { trigger: 'axis' },
      legend: { top: 0, left: 0, itemWidth: 24 },
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: series.map(({ atMs, date }) => date?.slice(5) ?? format.short(atMs)),
        axisLabel: { color: '#4a5a57', hideOverlap: true },
      },
      yAxis: {
        type: 'value',
        min: 0,
        minInterval: 1,
        axisLabel: { color: '#4a5a57' },
        splitLine: { lineStyle: { color: '#dfe7e4' } },
      },
      series: lines.map(([name, color, type]) => ({
        name: t(`total.${name}`),
        type: 'line',
        // a line of one point shows nothing
        showSymbol: series.length < 3,
        lineStyle: { color, width: 2, type },
        itemStyle: { color },
        data: series.map((point) => point[name]),
      })),
    }),
    [series, format, t],
  )
  return (
    <div className="measure-series">
      <Chart option={option} label={t('chart')} />
      <details>
        <summary>{t('asTable')}</summary>
        <div className="measure-scroll" tabIndex={0} role="region" aria-label={t('asTable')}>
          <table className="measure-counts">
            <thead>
              <tr>
                <th scope="col">{t(`step.${step}`)}</th>
                {lines.map(([name]) => (
                  <th key={name} scope="col">
                    {t(`total.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {series.map((point) => (
                <tr key={point.atMs}>
                  <th scope="row">{point.date ?? format.dateTime(point.atMs)}</th>
                  {lines.map(([name]) => (
                    <td key={name}>{format.number(point[name])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  )
}
