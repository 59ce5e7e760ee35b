const BASE_MS = 30_000
const MAX_MS = 30 * 60_000

/**
 * Wait before the next REGISTER after so many failures in a row (RFC 5626 §4.5): doubling from 30 s to half
 * an hour, by chance between half of it and all, so that a thousand clients of one registrar do not come at once.
 */
export function backOffMs(failures: number, retryAfterSeconds?: number): number {
  if (retryAfterSeconds) return Math.min(retryAfterSeconds * 1000, MAX_MS)
  const longest = Math.min(BASE_MS * 2 ** Math.min(failures, 10), MAX_MS)
  return Math.round(longest * (0.5 + Math.random() / 2))
}
