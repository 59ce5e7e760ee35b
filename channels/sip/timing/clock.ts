/** Time as the stack sees it: handed in, so that tests can let 90 seconds pass at once. */
export interface Clock {
  /** milliseconds since 1970 */
  now(): number
  after(ms: number, run: () => void): Timer
}
export interface Timer {
  cancel(): void
}

/**
 * Node keeps one list per duration, so starting and cancelling costs the same however many run; SIP uses
 * a dozen durations in all (T1 doubled, 64·T1, T4). No timer keeps the process alive: the sockets do.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },
}
