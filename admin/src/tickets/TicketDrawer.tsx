import { Drawer } from 'antd'
import type { TicketView } from '../../../gateway/tickets/schema.ts'
import { useT } from '../i18n/index.ts'
import { Load } from '../records/Load.tsx'
import { useOne } from '../records/useOne.ts'
import { TicketForm } from './TicketForm.tsx'

interface Props {
  /** id or serial */
  id: string
  onClose(): void
}

export function TicketDrawer({ id, onClose }: Props) {
  const t = useT('tickets')
  const ticket = useOne<TicketView>('/tickets', id)
  if (ticket.data) return <TicketForm ticket={ticket.data} onClose={onClose} />
  return (
    <Drawer open title={t('title')} size={960} onClose={onClose}>
      <Load of={ticket}>{() => null}</Load>
    </Drawer>
  )
}
