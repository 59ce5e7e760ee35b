/** Local wall-clock time by IANA zone, quick enough for every turn of every flow. */
const formatters = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, { quarter: number; offsetMs: number }>()

const QUARTER_MS = 15 * 60_000
const MINUTE_MS = 60_000

/** False for a name `Intl` does not know; everything below throws RangeError on those. */
export function isTimezone(name: string): boolean {
  try {
    formatterOf(name)
    return true
  } catch {
    return false
  }
}

/**
 * Local time less UTC. One formatting per zone and quarter of an hour (3 µs), as zones change their
 * offset only at full quarters.
 */
export function offsetMs(timezone: string, atMs: number): number {
  const quarter = Math.floor(atMs / QUARTER_MS)
  const cached = offsets.get(timezone)
  if (cached?.quarter === quarter) return cached.offsetMs
  const startMs = quarter * QUARTER_MS
  const [month, day, year, hour, minute, second] = formatterOf(timezone)
    .format(startMs)
    .split(/\D+/)
    .map(Number)
  const offset = Date.UTC(year!, month! - 1, day, hour, minute, second) - startMs
  offsets.set(timezone, { quarter, offsetMs: offset })
  return offset
}

export interface LocalTime {
  /** `YYYY-MM-DD` */
  date: string
  /** 0 = Sunday */
  weekday: number
  /** since local midnight by the wall clock */
  minute: number
}

export function localTime(timezone: string, atMs: number): LocalTime {
  return wallTime(atMs + offsetMs(timezone, atMs))
}

/** The fields of a wall-clock time written as if it were UTC. */
export function wallTime(wallMs: number): LocalTime {
  const wall = new Date(wallMs)
  return {
    date: wall.toISOString().slice(0, 10),
    weekday: wall.getUTCDay(),
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  }
}

/**
 * The moment a wall clock first shows this time. A time skipped in spring is read by the offset
 * before the jump, so it falls as long after the jump as it would have been.
 */
export function momentOf(timezone: string, date: string, minute: number): number {
  const wallMs = Date.parse(`${date}T00:00:00Z`) + minute * MINUTE_MS
  // the offset a day earlier is the one from before any jump
  const earlier = wallMs - offsetMs(timezone, wallMs - 86_400_000)
  if (earlier + offsetMs(timezone, earlier) === wallMs) return earlier
  const later = wallMs - offsetMs(timezone, earlier)
  return later + offsetMs(timezone, later) === wallMs ? later : earlier
}

function formatterOf(timezone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timezone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(timezone, formatter)
  }
  return formatter
}
