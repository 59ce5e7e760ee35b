/**
 * Lets work begin while there is time for it. What comes in is acknowledged within milliseconds only while the
 * event loop and the store are free: a thousand turns begun at once would keep every provider waiting, and it
 * would send again. So whoever waits for an acknowledgement goes first, and of the rest no more begins while the
 * loop is late. Work that merely waits for somebody else delays nobody: what counts is lateness, not how much is
 * under way.
 */

/** So much may always be under way: it cannot make the loop late by much. */
const FEW = 2
/** Later than this, nothing more begins. */
const LATE_MS = 5
const MEASURE_EVERY_MS = 5

export class Pacer {
  private underWay = 0
  private urgent = 0
  private lateMs = 0
  private timer: NodeJS.Timeout | undefined
  private readonly begun: (() => void)[] = []
  private readonly waiting: (() => void)[] = []

  /** Somebody outside waits for it: it begins at once, and little else does until it is done. */
  async first<T>(work: () => Promise<T>): Promise<T> {
    this.urgent++
    try {
      return await work()
    } finally {
      this.urgent--
      this.beginNext()
    }
  }

  /**
   * Begins when there is time, first come, first served.
   * @param options.goesOn the end of something begun before, which goes before what is new
   */
  async run<T>(work: () => Promise<T>, { goesOn = false } = {}): Promise<T> {
    this.measure()
    if (this.waiting.length || this.begun.length || !this.mayBegin) {
      const queue = goesOn ? this.begun : this.waiting
      await new Promise<void>((begin) => queue.push(begin))
    } else this.underWay++
    try {
      return await work()
    } finally {
      this.underWay--
      this.beginNext()
    }
  }

  private get mayBegin(): boolean {
    return this.underWay < FEW || (!this.urgent && this.lateMs < LATE_MS)
  }

  private beginNext(): void {
    if (!this.mayBegin) return
    const begin = this.begun.shift() ?? this.waiting.shift()
    if (!begin) return
    this.underWay++
    begin()
  }

  /** How late a timer is tells how long everything else waits; measured while there is much to do. */
  private measure(): void {
    if (this.timer) return
    const dueMs = performance.now() + MEASURE_EVERY_MS
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.lateMs = performance.now() - dueMs
      this.beginNext()
      if (this.waiting.length || this.begun.length || this.underWay >= FEW) this.measure()
      else this.lateMs = 0
    }, MEASURE_EVERY_MS)
    this.timer.unref()
  }
}
