/**
 * "The other side is typing" (客服输入状态): lasts 15 seconds, must not be sent again meanwhile (45081), and only
 * to somebody who wrote within the last 30 seconds (45080).
 */
const LASTS_MS = 15_000
const AFTER_WORD_MS = 30_000
const MAX_THREADS = 20_000

export class TypingMarks {
  private readonly now: () => number
  private readonly wroteAt = new Map<string, number>()
  private readonly until = new Map<string, number>()

  constructor(now: () => number) {
    this.now = now
  }

  /** They wrote. */
  wrote(thread: string): void {
    this.wroteAt.delete(thread)
    this.wroteAt.set(thread, this.now())
    if (this.wroteAt.size <= MAX_THREADS) return
    // the one who wrote longest ago
    const [oldest] = this.wroteAt.keys()
    this.wroteAt.delete(oldest!)
  }

  /** What has to be told, if anything. */
  change(thread: string, on: boolean): 'Typing' | 'CancelTyping' | undefined {
    const nowMs = this.now()
    const active = (this.until.get(thread) ?? 0) > nowMs
    if (!on) {
      this.until.delete(thread)
      return active ? 'CancelTyping' : undefined
    }
    if (active || nowMs - (this.wroteAt.get(thread) ?? -Infinity) >= AFTER_WORD_MS) return undefined
    this.until.set(thread, nowMs + LASTS_MS)
    if (this.until.size > MAX_THREADS) this.forgetEnded(nowMs)
    return 'Typing'
  }

  private forgetEnded(nowMs: number): void {
    for (const [thread, untilMs] of this.until) if (untilMs <= nowMs) this.until.delete(thread)
  }
}
