/** Working hours: whether a schedule is open at a moment, and when it opens next. Pure; throws RangeError for an unknown zone. */
import type { Period, Schedule } from '../domain/schedule.ts'
import { scheduleDay } from '../domain/schedule-day.ts'
import { localTime, momentOf, wallTime } from './zone.ts'

export { seedHolidays } from './holidays.ts'
export { isTimezone } from './zone.ts'

export type HoursState = 'open' | 'closed' | 'holiday'

const DAY_MS = 86_400_000
const DAY_MINUTES = 1_440
/** A schedule not open within a year and a month is not open at all. */
const LOOK_AHEAD_DAYS = 400

interface Day {
  periods: Period[]
  holiday: boolean
}

/**
 * A period whose end is not after its beginning runs across midnight and belongs to the day it
 * begins on; so a night shift goes on into a holiday, and one that would begin on it does not.
 */
const crossesMidnight = (period: Period): boolean => period.toMinute <= period.fromMinute

export function hoursState(schedule: Schedule, atMs: number): HoursState {
  const { date, weekday, minute } = localTime(schedule.timezone, atMs)
  const today = dayOf(schedule, date, weekday)
  for (const period of today.periods) {
    const end = crossesMidnight(period) ? DAY_MINUTES : period.toMinute
    if (minute >= period.fromMinute && minute < end) return 'open'
  }
  const before = wallTime(Date.parse(date) - DAY_MS)
  for (const period of dayOf(schedule, before.date, before.weekday).periods)
    if (crossesMidnight(period) && minute < period.toMinute) return 'open'
  return today.holiday ? 'holiday' : 'closed'
}

/** The first moment from `atMs` on at which the schedule is open, or undefined when none comes within 400 days. */
export function nextOpening(schedule: Schedule, atMs: number): number | undefined {
  if (hoursState(schedule, atMs) === 'open') return atMs
  const { timezone } = schedule
  const midnight = Date.parse(localTime(timezone, atMs).date)
  for (let day = 0; day <= LOOK_AHEAD_DAYS; day++) {
    const { date, weekday } = wallTime(midnight + day * DAY_MS)
    const openings = dayOf(schedule, date, weekday)
      .periods.map((period) => momentOf(timezone, date, period.fromMinute))
      .filter((at) => at >= atMs && hoursState(schedule, at) === 'open')
    if (openings.length > 0) return Math.min(...openings)
  }
  return undefined
}

/**
 * True when nobody has entered the holidays of that year, so it would pass as ordinary weeks. China
 * publishes them each November; the console warns from then on.
 */
export function yearMissing(schedule: Schedule, year: number): boolean {
  return !schedule.exceptions.some((e) => e.kind === 'holiday' && e.date.startsWith(`${year}-`))
}

function dayOf(schedule: Schedule, date: string, weekday: number): Day {
  const { periods, exception } = scheduleDay(schedule, date, weekday)
  return { periods, holiday: exception?.kind === 'holiday' }
}
