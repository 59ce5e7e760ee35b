const FIRST_MS = 500
const LONGEST_MS = 60_000
/** who ran that long is trusted again */
const STABLE_MS = 60_000

export interface Backoff {
  /** it is up: from now on its time counts */
  up(): void
  /** it went down, or did not come up. @returns how long to wait before the next try */
  down(): number
}

/** Half a second, then twice as long each time, up to a minute; from the beginning after a stable minute. */
export function createBackoff(now: () => number): Backoff {
  let waitMs = FIRST_MS
  let upSince: number | undefined
  return {
    up() {
      upSince = now()
    },
    down() {
      if (upSince !== undefined && now() - upSince >= STABLE_MS) waitMs = FIRST_MS
      upSince = undefined
      const chosen = waitMs
      waitMs = Math.min(waitMs * 2, LONGEST_MS)
      return chosen
    },
  }
}
