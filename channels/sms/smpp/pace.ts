/** No more than so many a second, evenly: centres count in windows of their own. */
export class Pace {
  private readonly gapMs: number
  private nextMs = 0

  /** @param perSecond 0: as fast as it goes */
  constructor(perSecond: number) {
    this.gapMs = perSecond ? 1000 / perSecond : 0
  }

  async turn(): Promise<void> {
    if (!this.gapMs) return
    const nowMs = performance.now()
    const atMs = Math.max(nowMs, this.nextMs)
    this.nextMs = atMs + this.gapMs
    if (atMs > nowMs) await new Promise((resolve) => setTimeout(resolve, atMs - nowMs))
  }
}
