import { Tag } from 'antd'
import type { TicketStatus } from '../../../gateway/domain/ticket.ts'
import { useT } from '../i18n/index.ts'

const colors: Record<TicketStatus, string> = {
  open: 'orange',
  assigned: 'blue',
  processing: 'cyan',
  resolved: 'green',
  closed: 'default',
}

export function StatusTag({ status }: { status: TicketStatus }) {
  const t = useT('tickets')
  return <Tag color={colors[status]}>{t(`statuses.${status}`)}</Tag>
}
