import type { Period } from '../../../../gateway/domain/schedule.ts'

/** Weeks begin on Monday here; the schedule's index 0 is Sunday. */
export const weekOrder = [1, 2, 3, 4, 5, 6, 0] as const

/** 540 → 09:00; the end of the day is 24:00. */
export function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** 9:00, 09:00, 0900, 9 and 24:00, also full width; undefined when it is no time of a day. */
export function minuteOf(typed: string): number | undefined {
  const bare = typed.normalize('NFKC').trim()
  const match = /^(\d{1,2})(?::?(\d{2}))?$/.exec(bare)
  if (!match) return undefined
  const minute = Number(match[1]) * 60 + Number(match[2] ?? 0)
  return Number(match[2] ?? 0) < 60 && minute <= 1440 ? minute : undefined
}

/** `09:00-12:00, 13:30-17:30`: how people write hours, so this is how they may type them. */
export function writtenPeriods(periods: readonly Period[]): string {
  return periods.map((p) => `${clockOf(p.fromMinute)}-${clockOf(p.toMinute)}`).join(', ')
}

/** of the schema */
const MOST_PERIODS = 8

export type ReadPeriods =
  | { ok: true; periods: Period[] }
  | { ok: false; why: 'format' | 'order' | 'overlap' | 'many'; at: string }

/** Reads hours back; an empty text is a closed day. */
export function readPeriods(typed: string): ReadPeriods {
  const periods: Period[] = []
  const pieces = typed
    .normalize('NFKC')
    .replace(/\s*[-–—~至到]\s*/g, '-')
    .split(/[,;、\s]+/)
    .filter(Boolean)
  for (const piece of pieces) {
    const [from, to, rest] = piece.split('-')
    const fromMinute = minuteOf(from ?? '')
    const toMinute = minuteOf(to ?? '')
    if (fromMinute === undefined || toMinute === undefined || rest !== undefined)
      return { ok: false, why: 'format', at: piece }
    if (fromMinute >= toMinute) return { ok: false, why: 'order', at: piece }
    periods.push({ fromMinute, toMinute })
  }
  periods.sort((a, b) => a.fromMinute - b.fromMinute)
  const clash = periods.find((period, at) => period.fromMinute < (periods[at - 1]?.toMinute ?? 0))
  if (clash) return { ok: false, why: 'overlap', at: writtenPeriods([clash]) }
  if (periods.length > MOST_PERIODS) return { ok: false, why: 'many', at: String(MOST_PERIODS) }
  return { ok: true, periods }
}

/** Share of the day, in percent, for drawing a period as a bar. */
export function barOf(period: Period): { left: number; width: number } {
  return {
    left: (period.fromMinute / 1440) * 100,
    width: ((period.toMinute - period.fromMinute) / 1440) * 100,
  }
}

/** Days with equal hours told together: `[[1, 5], '09:00-18:00'], [[6, 0], '']`. */
export function weekLines(
  week: readonly (readonly Period[])[],
): [from: number, to: number, hours: string][] {
  const lines: [number, number, string][] = []
  for (const day of weekOrder) {
    const hours = writtenPeriods(week[day] ?? [])
    const last = lines.at(-1)
    if (last?.[2] === hours) last[1] = day
    else lines.push([day, day, hours])
  }
  return lines
}
