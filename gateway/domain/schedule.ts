/** Working hours as data: several periods a day, weekends, holidays and make-up days. */

/** minutes from local midnight; `toMinute` may be 1440 */
export interface Period {
  fromMinute: number
  toMinute: number
}

export interface Schedule {
  _id: string
  name: { zh: string; en: string }
  timezone: string
  /** index 0 = Sunday … 6 = Saturday */
  week: Period[][]
  /** `YYYY-MM-DD` local; overrides the week. `periods: []` means closed all day */
  exceptions: { date: string; kind: 'holiday' | 'workday'; periods: Period[]; name?: string }[]
}
