import type { TicketStatus } from '../../../gateway/domain/ticket.ts'

export type DueState = 'none' | 'settled' | 'fine' | 'near' | 'over'

/** A department needs most of a working day to act, so that is when the clock starts to show. */
const NEAR_MS = 8 * 3_600_000

/** How a ticket stands against its clock; a settled one has no clock any more. */
export function dueState(
  ticket: { dueAtMs?: number; status: TicketStatus },
  nowMs: number,
): DueState {
  if (ticket.dueAtMs === undefined) return 'none'
  if (ticket.status === 'resolved' || ticket.status === 'closed') return 'settled'
  if (nowMs >= ticket.dueAtMs) return 'over'
  return ticket.dueAtMs - nowMs <= NEAR_MS ? 'near' : 'fine'
}

/** The coarsest unit that says it well, for Intl.RelativeTimeFormat; past is negative. */
export function distance(
  toMs: number,
  nowMs: number,
): { value: number; unit: 'minute' | 'hour' | 'day' } {
  const minutes = Math.round((toMs - nowMs) / 60_000)
  if (Math.abs(minutes) < 60) return { value: minutes, unit: 'minute' }
  const hours = Math.round(minutes / 60)
  if (Math.abs(hours) < 48) return { value: hours, unit: 'hour' }
  return { value: Math.round(hours / 24), unit: 'day' }
}
