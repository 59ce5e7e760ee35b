import { useT } from '../../i18n/index.ts'

const WIDTH = 80
const HEIGHT = 20

/** How long the last answers took, oldest at the left; the median in words beside it. */
export function Sparkline({ latencyMs }: { latencyMs: readonly number[] }) {
  const t = useT('settings/sources')
  if (latencyMs.length === 0) return <span className="quiet">—</span>
  const most = Math.max(...latencyMs, 1)
  const step = WIDTH / Math.max(latencyMs.length - 1, 1)
  const points = latencyMs
    .map(
      (ms, at) =>
        `${(at * step).toFixed(1)},${(HEIGHT - 2 - (ms / most) * (HEIGHT - 4)).toFixed(1)}`,
    )
    .join(' ')
  const ms = [...latencyMs].sort((a, b) => a - b)[Math.floor(latencyMs.length / 2)]!
  return (
    <span className="source-spark">
      <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
        <polyline points={points} fill="none" stroke="var(--teal)" strokeWidth="1.5" />
      </svg>
      {t('health.ms', { ms })}
    </span>
  )
}
