/** The router's time: real in production, virtual in tests. */
export interface RouterClock {
  /** epoch ms */
  now(): number
  /** Calls `fn` once at `atMs` or as soon as possible after it, never inside this call. Returns a function that cancels. */
  setTimer(atMs: number, fn: () => void): () => void
}

/** setTimeout wraps longer delays round to 1 ms. */
const LONGEST_DELAY_MS = 2 ** 31 - 1

export const systemClock: RouterClock = {
  now: () => Date.now(),
  setTimer(atMs, fn) {
    let timer: NodeJS.Timeout
    const arm = (): void => {
      const delay = Math.max(0, atMs - Date.now())
      timer = setTimeout(delay > LONGEST_DELAY_MS ? arm : fn, Math.min(delay, LONGEST_DELAY_MS))
    }
    arm()
    return () => clearTimeout(timer)
  },
}
