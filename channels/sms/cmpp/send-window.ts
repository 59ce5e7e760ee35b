/** How much may be under way at a time, and how fast: what waits goes out in order. */

/** It was never written: it can be sent again. */
export class SmsNotSent extends Error {
  constructor() {
    super('not connected')
  }
}

/** It was written and not answered: nobody can tell whether it arrived. */
export class SmsUnanswered extends Error {
  constructor() {
    super('no answer')
  }
}

interface Waiting {
  begin: () => void
  giveUp: () => void
}

export class SendWindow {
  private readonly size: number
  private readonly gapMs: number
  private readonly waiting: Waiting[] = []
  private underWay = 0
  private closed = false
  private nextMs = 0
  private pause: NodeJS.Timeout | undefined

  /** @param options.perSecond 0: as fast as the window allows */
  constructor(options: { window: number; perSecond: number }) {
    this.size = Math.max(1, options.window)
    this.gapMs = options.perSecond > 0 ? 1000 / options.perSecond : 0
  }

  /**
   * @param work writes at once and resolves with the answer, or undefined when there was none
   * @throws SmsNotSent, SmsUnanswered
   */
  async run<T>(work: () => Promise<T | undefined>): Promise<T> {
    await this.turn()
    try {
      const answer = await work()
      if (answer === undefined) throw new SmsUnanswered()
      return answer
    } finally {
      this.underWay--
      this.next()
    }
  }

  /** What waits never goes out. */
  close(): void {
    this.closed = true
    clearTimeout(this.pause)
    for (const { giveUp } of this.waiting.splice(0)) giveUp()
  }

  private turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(new SmsNotSent())
      if (this.closed) return giveUp()
      this.waiting.push({ begin: resolve, giveUp })
      this.next()
    })
  }

  private next(): void {
    clearTimeout(this.pause)
    while (!this.closed && this.waiting.length && this.underWay < this.size) {
      // a monotonic clock: pacing is no matter of the hour
      const waitMs = this.nextMs - performance.now()
      if (waitMs > 0) {
        this.pause = setTimeout(() => this.next(), waitMs)
        return
      }
      this.nextMs = performance.now() + this.gapMs
      this.underWay++
      this.waiting.shift()!.begin()
    }
  }
}
