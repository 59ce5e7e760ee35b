import { ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { useMemo } from 'react'
import type { TicketStatus } from '../../../gateway/domain/ticket.ts'
import { useLang, useT } from '../i18n/index.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { distance, dueState } from './due.ts'
import './tickets.css'

interface Props {
  ticket: { dueAtMs?: number | undefined; status: TicketStatus }
  nowMs: number
}

/** How long is left, in a colour and in words, so that it is no matter of colour alone. */
export function Due({ ticket, nowMs }: Props) {
  const t = useT('tickets')
  const lang = useLang()
  const { dateTime } = useFormat()
  const relative = useMemo(() => new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }), [lang])
  const { dueAtMs, status } = ticket
  if (dueAtMs === undefined) return <span className="quiet">—</span>
  const state = dueState({ dueAtMs, status }, nowMs)
  const { value, unit } = distance(dueAtMs, nowMs)
  const settled = state === 'settled'
  return (
    <span className={`due due-${state}`} title={dateTime(dueAtMs)}>
      {state === 'over' && <ExclamationCircleFilled aria-label={t('dueStates.over')} />}
      {state === 'near' && <ClockCircleOutlined aria-label={t('dueStates.near')} />}
      <time dateTime={new Date(dueAtMs).toISOString()}>
        {settled ? dateTime(dueAtMs) : relative.format(value, unit)}
      </time>
    </span>
  )
}
