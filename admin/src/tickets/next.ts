import { mayBecome, ticketStatuses } from '../../../gateway/domain/ticket.ts'
import type { TicketStatus } from '../../../gateway/domain/ticket.ts'

/** What a ticket may become from here, itself left out. */
export function nextStatuses(from: TicketStatus): TicketStatus[] {
  return ticketStatuses.filter((to) => to !== from && mayBecome(from, to))
}
