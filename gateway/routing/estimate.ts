/** How long a visitor may expect to wait, from how fast the queue has been answered lately. */

/** Older answers say nothing about who works now. */
export const ESTIMATE_WINDOW_MS = 15 * 60_000
/** Answers remembered per queue; fewer than the least give no estimate, as a wrong promise is worse than none. */
export const REMEMBERED_ACCEPTS = 50
const LEAST_ACCEPTS = 3

/** Answers per ms over the recent past, or undefined when too few are known. */
export function acceptRate(acceptedAtMs: readonly number[], nowMs: number): number | undefined {
  const recent = acceptedAtMs.filter((at) => at > nowMs - ESTIMATE_WINDOW_MS)
  const first = recent[0]
  if (first === undefined || recent.length < LEAST_ACCEPTS) return undefined
  // the first one opens the span and is not counted in it
  return (recent.length - 1) / Math.max(1, nowMs - first)
}

/** `position` counts from 1, the visitor included; ms, to whole seconds. */
export function expectedWaitMs(
  position: number,
  acceptedAtMs: readonly number[],
  nowMs: number,
): number | undefined {
  const rate = acceptRate(acceptedAtMs, nowMs)
  return rate === undefined ? undefined : Math.round(position / rate / 1_000) * 1_000
}
