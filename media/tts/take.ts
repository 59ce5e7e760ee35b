/**
 * One synthesis while it is made, for any number of listeners: whoever comes late hears it from the
 * beginning too. It is kept whole in memory, at most five minutes, 5 MB.
 */
export class Take {
  /** resolves with the first audio, rejects when there will be none */
  readonly started: Promise<void>
  private frames: Int16Array[] = []
  private from = 0
  private ended = false
  private failure: Error | undefined
  private listening = 0
  private waiting: (() => void)[] = []
  private resolveStart!: () => void
  private rejectStart!: (error: Error) => void
  /** the last listener went away before the end */
  onDeserted?: () => void

  constructor() {
    this.started = new Promise((resolve, reject) => {
      this.resolveStart = resolve
      this.rejectStart = reject
    })
    this.started.catch(() => undefined)
  }

  push(frame: Int16Array): void {
    this.frames.push(frame)
    this.resolveStart()
    this.wake()
  }

  /**
   * What came so far is void: another provider speaks the text from its beginning. Who has heard a part
   * hears it again in the other voice, which is better than half a sentence.
   */
  restart(): void {
    this.from = this.frames.length
  }

  end(): void {
    this.finish()
  }

  fail(error: Error): void {
    this.failure = error
    this.finish()
  }

  /** all of it; of use after `end` */
  result(): Int16Array[] {
    return this.frames.slice(this.from)
  }

  listen(): AsyncGenerator<Int16Array, void, undefined> {
    // counted now, not when the first frame is asked for: another who leaves meanwhile is not the last
    this.listening++
    return this.read()
  }

  private async *read(): AsyncGenerator<Int16Array, void, undefined> {
    try {
      for (let at = this.from; ;) {
        if (at < this.frames.length) yield this.frames[at++]!
        else if (this.failure) throw this.failure
        else if (this.ended) return
        else await new Promise<void>((resolve) => this.waiting.push(resolve))
      }
    } finally {
      this.listening--
      if (!this.listening && !this.ended) this.onDeserted?.()
    }
  }

  private finish(): void {
    this.ended = true
    if (this.failure) this.rejectStart(this.failure)
    else this.resolveStart()
    this.wake()
  }

  private wake(): void {
    const woken = this.waiting
    this.waiting = []
    for (const resolve of woken) resolve()
  }
}
