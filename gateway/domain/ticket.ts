/** A complaint, request or booking with a serial number, a department and a clock. */

export type TicketStatus = 'open' | 'assigned' | 'processing' | 'resolved' | 'closed'
export const ticketStatuses: readonly TicketStatus[] = [
  'open',
  'assigned',
  'processing',
  'resolved',
  'closed',
]

export interface TicketEntry {
  at: Date
  by: { kind: 'bot' | 'agent' | 'contact' | 'system'; id: string; name: string }
  status?: TicketStatus
  /** told to the contact when they query the serial number */
  reply?: string
  /** staff only */
  note?: string
}

export interface Ticket {
  _id: string
  /** what the contact is told: kind letter + date + count of that day, e.g. C20261121-0007 */
  serial: string
  /** made from conversation, flow, block and turn: a repeated turn finds the ticket it made */
  key: string
  kind: string
  status: TicketStatus
  contactId: string
  conversationId?: string
  channel: string
  department?: string
  assigneeId?: string
  title: string
  fields: Record<string, unknown>
  log: TicketEntry[]
  dueAt?: Date
  version: number
  createdAt: Date
  updatedAt: Date
}

/** A closed ticket may be reopened by new facts; nothing jumps back to `open` once somebody has it. */
const allowedNext: Record<TicketStatus, readonly TicketStatus[]> = {
  open: ['assigned', 'processing', 'resolved', 'closed'],
  assigned: ['processing', 'resolved', 'closed', 'open'],
  processing: ['assigned', 'resolved', 'closed'],
  resolved: ['processing', 'closed'],
  closed: ['processing'],
}

export function mayBecome(from: TicketStatus, to: TicketStatus): boolean {
  return from === to || allowedNext[from].includes(to)
}

/** `C20261121-0007`: letter of the kind, local date, count of the day. */
export function serialNumber(prefix: string, localDate: string, count: number): string {
  return `${prefix}${localDate.replaceAll('-', '')}-${String(count).padStart(4, '0')}`
}

/** People type serials with spaces, full-width or small letters, or without the dash. */
export function normaliseSerial(typed: string): string {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  const match = /^([A-Z]{1,3})(\d{8})(\d{4,})$/.exec(bare)
  return match ? `${match[1]}${match[2]}-${match[3]}` : bare
}
