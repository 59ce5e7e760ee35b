/**
 * Ends the WeCom session of a closed conversation and says the closing text. What the conversation said last may
 * still wait in the outbox, and an ended session takes nothing more: so it is ended when nothing has been sent
 * to this customer for a while. A restart in between leaves the session to end by itself after 48 hours.
 */
const QUIET_MS = 5_000

export class Closings {
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private readonly quietMs: number
  private readonly end: (userId: string) => Promise<void>

  constructor(end: (userId: string) => Promise<void>, quietMs = QUIET_MS) {
    this.end = end
    this.quietMs = quietMs
  }

  closed(userId: string): void {
    this.wait(userId, this.quietMs)
  }

  /** They write again, or somebody writes to them: a new matter. */
  opened(userId: string): void {
    clearTimeout(this.timers.get(userId))
    this.timers.delete(userId)
  }

  /** Something was sent, or is to be tried again after `restMs`. */
  stir(userId: string, restMs = 0): void {
    if (this.timers.has(userId)) this.wait(userId, restMs + this.quietMs)
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
  }

  private wait(userId: string, ms: number): void {
    clearTimeout(this.timers.get(userId))
    const timer = setTimeout(() => {
      this.timers.delete(userId)
      void this.end(userId)
    }, ms)
    this.timers.set(userId, timer)
  }
}
