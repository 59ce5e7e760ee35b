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

const DAY_MS = 86_400_000
const times = new Map<string, Intl.DateTimeFormat>()

/** What the clock on the wall has counted since midnight, in ms. */
function wallMs(atMs: number, timezone: string): number {
  let format = times.get(timezone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium' })
    times.set(timezone, format)
  }
  const [hour, minute, second] = format.format(atMs).split(':').map(Number)
  return ((hour! * 60 + minute!) * 60 + second!) * 1000 + (atMs % 1000)
}

/** Epoch milliseconds of the local midnight before (or at) `atMs`. */
export function localMidnightMs(atMs: number, timezone: string): number {
  const guess = atMs - wallMs(atMs, timezone)
  // where the clock was changed since midnight, the guess is off by what it was changed by
  const offMs = wallMs(guess, timezone)
  return localDate(guess, timezone) === localDate(atMs, timezone)
    ? guess - offMs
    : guess + DAY_MS - offMs
}
