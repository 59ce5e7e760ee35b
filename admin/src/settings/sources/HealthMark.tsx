import type { SourceHealth } from '../../../../gateway/sources/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import type { Tone } from '../../records/Mark.tsx'

const tones: Record<SourceHealth['state'], Tone> = {
  unasked: 'plain',
  ok: 'green',
  failing: 'red',
  resting: 'amber',
}

export function HealthMark({ health }: { health: SourceHealth }) {
  const t = useT('settings/sources')
  const say = useName()
  return (
    <span title={say(health.lastFault)}>
      <Mark tone={tones[health.state]}>{t(`health.${health.state}`)}</Mark>
    </span>
  )
}
