import type { TicketStatus } from '../../../gateway/domain/ticket.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import type { Tone } from '../records/Mark.tsx'

const tones: Record<TicketStatus, Tone> = {
  open: 'amber',
  assigned: 'blue',
  processing: 'teal',
  resolved: 'green',
  closed: 'plain',
}

export function StatusTag({ status }: { status: TicketStatus }) {
  const t = useT('tickets')
  return <Mark tone={tones[status]}>{t(`statuses.${status}`)}</Mark>
}
