import type { DayFigures } from '../../../gateway/desk/protocol.ts'
import { clock } from '../desk/duration.ts'
import { useT } from '../i18n/index.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { abandonShare } from './figures.ts'

export function DayNumbers({ day }: { day: DayFigures }) {
  const t = useT('wallboard')
  const format = useFormat()
  const share = abandonShare(day)
  const numbers: [string, string][] = [
    ['opened', format.number(day.opened)],
    ['ended', format.number(day.closed)],
    ['queued', format.number(day.queued)],
    ['accepted', format.number(day.accepted)],
    ['abandoned', format.number(day.abandoned)],
    ['abandonShare', share === undefined ? '–' : `${Math.round(share * 100)}%`],
    ['calls', format.number(day.calls)],
    ['callsAbandoned', format.number(day.callsAbandoned)],
    ['averageWait', clock(day.averageWaitMs)],
    ['messagesIn', format.number(day.messagesIn)],
    ['messagesOut', format.number(day.messagesOut)],
    ['tickets', format.number(day.tickets)],
  ]
  return (
    <dl className="wall-day">
      {numbers.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`day.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
