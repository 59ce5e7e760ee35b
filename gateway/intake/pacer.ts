/**
 * Lets work begin while there is time for it. What comes in is acknowledged within milliseconds only while the
 * event loop is free: a thousand turns begun at once would keep every provider waiting, and it would send again.
 * Work that merely waits for somebody else delays nobody, so it is the lateness of the loop that counts, not how
 * much is under way.
 */

/** So much may always be under way: it cannot make the loop late by much. */
const FEW = 2
/** Later than this, nothing more begins. */
const LATE_MS = 5
const MEASURE_EVERY_MS = 5

export class Pacer {
  private underWay = 0
  private lateMs = 0
  private timer: NodeJS.Timeout | undefined
  private readonly waiting: (() => void)[] = []

  /** First come, first served. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.measure()
    if (this.waiting.length || !this.mayBegin) {
      await new Promise<void>((begin) => this.waiting.push(begin))
    } else this.underWay++
    try {
      return await work()
    } finally {
      this.underWay--
      this.beginNext()
    }
  }

  private get mayBegin(): boolean {
    return this.underWay < FEW || this.lateMs < LATE_MS
  }

  private beginNext(): void {
    if (!this.waiting.length || !this.mayBegin) return
    this.underWay++
    this.waiting.shift()!()
  }

  /** How late a timer is tells how long everything else waits; measured while there is much to do. */
  private measure(): void {
    if (this.timer) return
    const dueMs = performance.now() + MEASURE_EVERY_MS
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.lateMs = performance.now() - dueMs
      this.beginNext()
      if (this.waiting.length) this.measure()
      else if (this.underWay >= FEW) this.measure()
      else this.lateMs = 0
    }, MEASURE_EVERY_MS)
    this.timer.unref()
  }
}
