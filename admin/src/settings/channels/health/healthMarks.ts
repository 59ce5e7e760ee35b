import type { HealthView } from '../../../../../gateway/accounts/schema.ts'
import type { Tone } from '../../../records/Mark.tsx'

export const healthTones: Record<HealthView['state'], Tone> = {
  ok: 'green',
  warning: 'amber',
  down: 'red',
  needsPerson: 'gold',
  starting: 'blue',
  off: 'plain',
}

/** The fault that made it so; one that is over is only history. Pure. */
export function standingFault(health: HealthView): HealthView['faults'][number] | undefined {
  if (health.state === 'ok' || health.state === 'off') return undefined
  return health.faults[0]
}
