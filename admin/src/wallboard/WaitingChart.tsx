import { useMemo } from 'react'
import { useT } from '../i18n/index.ts'
import { Chart } from './Chart.tsx'
import { colours } from './colours.ts'
import { KEPT_MS } from './samples.ts'
import type { Sample } from './samples.ts'

export function WaitingChart({ samples }: { samples: Sample[] }) {
  const t = useT('wallboard')
  const option = useMemo(() => {
    const end = samples.at(-1)?.atMs ?? 0
    return {
      animation: false,
      grid: { left: 34, right: 12, top: 14, bottom: 24 },
      tooltip: { trigger: 'axis' },
      xAxis: {
        type: 'time',
        min: end - KEPT_MS,
        max: end,
        axisLine: { lineStyle: { color: colours.line } },
        axisLabel: { color: colours.quiet, formatter: '{HH}:{mm}', hideOverlap: true },
        splitNumber: 6,
      },
      yAxis: {
        type: 'value',
        min: 0,
        minInterval: 1,
        splitLine: { lineStyle: { color: colours.line } },
        axisLabel: { color: colours.quiet },
      },
      series: [
        {
          name: t('waiting'),
          type: 'line',
          step: 'end',
          // a line of one point shows nothing
          showSymbol: samples.length < 3,
          lineStyle: { color: colours.teal, width: 2 },
          itemStyle: { color: colours.teal },
          areaStyle: { color: colours.teal, opacity: 0.18 },
          data: samples.map(({ atMs, waiting }) => [atMs, waiting]),
        },
      ],
    }
  }, [samples, t])
  return <Chart option={option} label={t('waitingChart')} />
}
