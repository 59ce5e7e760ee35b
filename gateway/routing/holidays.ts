/** China's public holidays and make-up days as exceptions of a schedule, from the chinese-days package. */
import chineseDays from 'chinese-days'
import type { Period, Schedule } from '../domain/schedule.ts'

const OFFICE_HOURS: readonly Period[] = [{ fromMinute: 9 * 60, toMinute: 18 * 60 }]

/** A make-up day is worked like the days it makes up for: as on Monday, else as on the first weekday that is worked. */
export function usualHours(week: Schedule['week']): readonly Period[] {
  return [1, 2, 3, 4, 5].map((day) => week[day] ?? []).find((day) => day.length > 0) ?? OFFICE_HOURS
}

/**
 * The exceptions of one year; empty when the State Council had not published it before the installed
 * package was made. Holidays are closed all day; make-up days, which fall on weekends, work `periods`.
 */
export function seedHolidays(
  year: number,
  periods: readonly Period[] = OFFICE_HOURS,
): Schedule['exceptions'] {
  const exceptions: Schedule['exceptions'] = []
  for (let day = 1; ; day++) {
    const date = new Date(Date.UTC(year, 0, day)).toISOString().slice(0, 10)
    if (!date.startsWith(`${year}-`)) return exceptions
    // its own `date` is a day off where the process runs west of Greenwich; the rest is right
    const { name, work } = chineseDays.getDayDetail(date)
    // 'Spring Festival,春节,4'; ordinary days bear the weekday's name
    const [, zh] = name.split(',')
    if (zh === undefined) continue
    exceptions.push(
      work
        ? { date, kind: 'workday', periods: periods.map((p) => ({ ...p })), name: `${zh}调休` }
        : { date, kind: 'holiday', periods: [], name: zh },
    )
  }
}
