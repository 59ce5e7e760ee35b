import type { Query } from '../api/client.ts'
import type { Filter } from './useFilter.ts'

/** The filter as the API asks for it: days become moments where the reader is, the last day whole. */
export function askedFor({ from, to, ...rest }: Filter): Query {
  const fromMs = from ? midnight(from) : NaN
  const toMs = to ? midnight(to, 1) : NaN
  return {
    ...rest,
    ...(Number.isFinite(fromMs) && { fromMs }),
    ...(Number.isFinite(toMs) && { toMs }),
  }
}

/** Local midnight of a date, or of so many days after it: a day need not have 24 hours. */
function midnight(date: string, daysLater = 0): number {
  const [year = NaN, month = NaN, day = NaN] = date.split('-').map(Number)
  return new Date(year, month - 1, day + daysLater).getTime()
}
