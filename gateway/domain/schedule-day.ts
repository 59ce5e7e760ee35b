/** What holds on one day of a schedule: its week, or what was entered for the date. Pure. */
import type { Period, Schedule } from './schedule.ts'

export interface ScheduleDay {
  periods: Period[]
  /** absent: an ordinary day of the week */
  exception?: Schedule['exceptions'][number]
}

/** The last exception of a date counts, as in every list that is added to at the end. */
export function scheduleDay(
  schedule: Pick<Schedule, 'week' | 'exceptions'>,
  date: string,
  weekday: number,
): ScheduleDay {
  const exception = schedule.exceptions.findLast((each) => each.date === date)
  return exception
    ? { periods: exception.periods, exception }
    : { periods: schedule.week[weekday] ?? [] }
}

/** The dates of a month in weeks that begin on Monday; days of the months beside it are absent. */
export function monthWeeks(year: number, month: number): (string | undefined)[][] {
  const first = new Date(Date.UTC(year, month - 1, 1))
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const lead = (first.getUTCDay() + 6) % 7
  const two = (value: number) => String(value).padStart(2, '0')
  const cells = Array.from({ length: Math.ceil((lead + days) / 7) * 7 }, (_, at) => {
    const day = at - lead + 1
    return day >= 1 && day <= days ? `${year}-${two(month)}-${two(day)}` : undefined
  })
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
