import type { AgentState } from '../../../gateway/domain/staff.ts'
import type { Pressure } from '../desk/inbox/sections.ts'

interface Props {
  label: string
  value: string | number
  tone?: Pressure
  state?: AgentState
}

export function BigNumber({ label, value, tone = 'calm', state }: Props) {
  return (
    <div className={`big big-${tone}`}>
      <span className="big-label">
        {state && <span className={`dot dot-${state}`} aria-hidden />} {label}
      </span>
      <strong>{value}</strong>
    </div>
  )
}
