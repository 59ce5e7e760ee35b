import { localTime, momentOf, offsetMs } from '../../../../gateway/routing/zone.ts'

const two = (value: number) => String(Math.floor(value)).padStart(2, '0')

/** ISO 8601 with the offset of that zone, to the minute: 2026-10-03T09:30:00+08:00. */
export function isoAt(atMs: number, timezone: string): string {
  const { date, minute } = localTime(timezone, atMs)
  const offset = Math.round(offsetMs(timezone, atMs) / 60_000)
  const sign = offset < 0 ? '-' : '+'
  const zone = `${sign}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`
  return `${date}T${two(minute / 60)}:${two(minute % 60)}:00${zone}`
}

/** As a field for date and time holds it: 2026-10-03T09:30, by the wall clock of that zone. */
export function wallClock(iso: string, timezone: string): string {
  const atMs = Date.parse(iso)
  return Number.isNaN(atMs) ? '' : isoAt(atMs, timezone).slice(0, 16)
}

/** undefined for what is no time */
export function fromWallClock(wall: string, timezone: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(wall)
  if (!match) return undefined
  const [, date, hour, minute] = match
  return isoAt(momentOf(timezone, date!, Number(hour) * 60 + Number(minute)), timezone)
}
