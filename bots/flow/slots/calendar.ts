/** A day without a time, so that no zone can shift it. Months from 1, weekdays from Monday = 0. */
export interface Day {
  year: number
  month: number
  day: number
}

const DAY_MS = 86_400_000
const formatters = new Map<string, Intl.DateTimeFormat>()

/** The day it is somewhere. An unknown zone counts as Shanghai. */
export function dayAt(nowMs: number, timezone: string): Day {
  let formatter = formatters.get(timezone)
  if (!formatter) formatters.set(timezone, (formatter = formatterFor(timezone)))
  return parseIso(formatter.format(nowMs)) ?? { year: 1970, month: 1, day: 1 }
}

function formatterFor(timezone: string): Intl.DateTimeFormat {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  try {
    return new Intl.DateTimeFormat('en-CA', { ...options, timeZone: timezone })
  } catch {
    return new Intl.DateTimeFormat('en-CA', { ...options, timeZone: 'Asia/Shanghai' })
  }
}

export function parseIso(text: string): Day | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return match ? realDay(Number(match[1]), Number(match[2]), Number(match[3])) : undefined
}

/** undefined for 31 February and the like. */
export function realDay(year: number, month: number, day: number): Day | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return real && year >= 1900 && year < 2200 ? { year, month, day } : undefined
}

const serial = ({ year, month, day }: Day) => Date.UTC(year, month - 1, day) / DAY_MS

export function addDays(day: Day, count: number): Day {
  const date = new Date((serial(day) + count) * DAY_MS)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** Days from one to the other, negative if the other is earlier. */
export const daysBetween = (from: Day, to: Day): number => serial(to) - serial(from)

/** Monday 0 … Sunday 6: 1 January 1970 was a Thursday. */
export const weekday = (day: Day): number => (((serial(day) + 3) % 7) + 7) % 7

export function isoDay({ year, month, day }: Day): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}`
}
