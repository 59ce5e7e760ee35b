import type { HealthView } from '../../../../../gateway/accounts/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { Mark } from '../../../records/Mark.tsx'
import { healthTones } from './healthMarks.ts'

export function HealthMark({ health }: { health: Pick<HealthView, 'state'> }) {
  const t = useT('settings')
  return <Mark tone={healthTones[health.state]}>{t(`channels.health.${health.state}`)}</Mark>
}
