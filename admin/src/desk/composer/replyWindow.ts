/** How much may still be written to the contact, and how pressing that is. Pure. */
import type { WindowView } from '../../../../gateway/domain/reply-window.ts'

/** From here on an agent must weigh every message. */
const FEW_LEFT = 2
const SOON_MS = 30 * 60_000

export interface WindowMark {
  /** amber: few messages or little time are left */
  tone: 'calm' | 'amber' | 'closed'
  left?: number
  untilMs?: number
  remainingMs?: number
}

/** A window whose time is up while it is looked at is closed, whatever was told last. */
export function windowMark({ open, left, untilMs }: WindowView, nowMs: number): WindowMark {
  const remainingMs = untilMs === undefined ? undefined : untilMs - nowMs
  if (!open || (remainingMs !== undefined && remainingMs <= 0) || left === 0)
    return { tone: 'closed' }
  const few = left !== undefined && left <= FEW_LEFT
  const soon = remainingMs !== undefined && remainingMs < SOON_MS
  return {
    tone: few || soon ? 'amber' : 'calm',
    ...(left !== undefined && { left }),
    ...(untilMs !== undefined && { untilMs, remainingMs: untilMs - nowMs }),
  }
}

export interface Remaining {
  unit: 'days' | 'hours' | 'clock'
  days: number
  hours: number
  minutes: number
}

/** The time left as people say it: days and hours, hours and minutes, and a running clock at the end. */
export function remaining(durationMs: number): Remaining {
  const minutes = Math.floor(Math.max(0, durationMs) / 60_000)
  const hours = Math.floor(minutes / 60)
  const parts = { days: Math.floor(hours / 24), hours: hours % 24, minutes: minutes % 60 }
  return { unit: hours >= 24 ? 'days' : hours >= 1 ? 'hours' : 'clock', ...parts }
}
