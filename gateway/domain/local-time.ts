/** Local calendar dates by IANA zone; formatters are costly to make and kept. */
const dates = new Map<string, Intl.DateTimeFormat>()

/** `YYYY-MM-DD` in that zone. */
export function localDate(atMs: number, timezone: string): string {
  let format = dates.get(timezone)
  if (!format) {
    // en-CA writes dates as ISO 8601 does
    format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' })
    dates.set(timezone, format)
  }
  return format.format(atMs)
}

/** Epoch milliseconds of the local midnight before (or at) `atMs`. */
export function localMidnightMs(atMs: number, timezone: string): number {
  const [hour, minute, second] = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    timeStyle: 'medium',
  })
    .format(atMs)
    .split(':')
    .map(Number)
  const sinceMidnightMs = ((hour! * 60 + minute!) * 60 + second!) * 1000 + (atMs % 1000)
  return atMs - sinceMidnightMs
}
