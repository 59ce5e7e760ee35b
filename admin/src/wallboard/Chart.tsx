import { LineChart, PieChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

register([LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

/** A picture of figures that also stand on the page as text; `label` says what it shows. */
export function Chart({ option, label }: { option: EChartsCoreOption; label: string }) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)

  useEffect(() => {
    if (!box.current) return
    const drawn = init(box.current)
    chart.current = drawn
    const resized = new ResizeObserver(() => drawn.resize())
    resized.observe(box.current)
    return () => {
      resized.disconnect()
      drawn.dispose()
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption(option)
  }, [option])

  return <div ref={box} className="chart" role="img" aria-label={label} />
}
