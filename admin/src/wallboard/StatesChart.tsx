import { useMemo } from 'react'
import { useT } from '../i18n/index.ts'
import { Chart } from './Chart.tsx'
import { colours } from './colours.ts'
import { agentStates } from './figures.ts'
import type { Totals } from './figures.ts'

export function StatesChart({ byState }: Pick<Totals, 'byState'>) {
  const t = useT('wallboard')
  const words = useT('desk')
  const option = useMemo(
    () => ({
      animation: false,
      tooltip: { trigger: 'item' },
      legend: {
        bottom: 0,
        itemWidth: 14,
        textStyle: { color: colours.ink, fontSize: 13 },
      },
      series: [
        {
          type: 'pie',
          radius: ['46%', '72%'],
          center: ['50%', '40%'],
          label: { show: false },
          itemStyle: { borderColor: colours.panel, borderWidth: 2 },
          data: agentStates.map((state) => ({
            name: `${words(`state.${state}`)}  ${byState[state]}`,
            value: byState[state],
            itemStyle: { color: colours[state] },
          })),
        },
      ],
    }),
    [byState, words],
  )
  return <Chart option={option} label={t('statesChart')} />
}
