/** `0:07`, `12:30`, `1:02:03`: a running time, as clocks on a desk show it. */
export function clock(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000))
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60]
  const hours = Math.floor(seconds / 3600)
  if (hours > 0) parts.unshift(hours)
  return parts.map((part, place) => (place === 0 ? part : String(part).padStart(2, '0'))).join(':')
}

/** Counts down to `untilMs`; a started second counts, so it shows 0:00 only when the time is up. */
export function countdown(untilMs: number, nowMs: number): string {
  return clock(Math.ceil(Math.max(0, untilMs - nowMs) / 1000) * 1000)
}
