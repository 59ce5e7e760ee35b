import { localDate } from '../../records/localDate.ts'

const DAY_MS = 86_400_000

/** Days looked back, today included. */
export const spans = [1, 7, 30, 90] as const

/** Dates of the hotline's calendar, both included. */
export interface Period {
  from: string
  to: string
}

export function lastDays(days: number, nowMs: number): Period {
  return { from: localDate(nowMs - (days - 1) * DAY_MS), to: localDate(nowMs) }
}

/** Which of the usual spans a period is; none when it was picked by hand. */
export function spanOf(period: Period, nowMs: number): number | undefined {
  return spans.find((days) => {
    const usual = lastDays(days, nowMs)
    return usual.from === period.from && usual.to === period.to
  })
}
