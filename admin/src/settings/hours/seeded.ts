import type { ScheduleView } from '../../../../gateway/routing/schema.ts'

/**
 * The State Council announces next year's holidays in November, so from then on a schedule
 * without any of them would answer the phone on New Year's Day.
 */
const ANNOUNCED_MONTH = 11

/** Years that need holidays now and have none: this year always, the next from November on. */
export function yearsWithoutHolidays(
  schedule: Pick<ScheduleView, 'exceptions'>,
  nowMs: number,
): number[] {
  const now = new Date(nowMs)
  const year = now.getFullYear()
  const years = now.getMonth() + 1 >= ANNOUNCED_MONTH ? [year, year + 1] : [year]
  return years.filter((candidate) => !holidayYears(schedule).includes(candidate))
}

export function holidayYears(schedule: Pick<ScheduleView, 'exceptions'>): number[] {
  const years = schedule.exceptions
    .filter(({ kind }) => kind === 'holiday')
    .map(({ date }) => Number(date.slice(0, 4)))
  return [...new Set(years)].sort((a, b) => a - b)
}
