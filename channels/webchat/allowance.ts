/** A token bucket: `burst` at once, then `perSecond`. */
export class Allowance {
  private left: number
  private atMs: number
  private readonly perSecond: number
  private readonly burst: number

  constructor(perSecond: number, burst: number, nowMs: number) {
    this.perSecond = perSecond
    this.burst = burst
    this.left = burst
    this.atMs = nowMs
  }

  /** @returns 0 when allowed, else how long until the next one is, in ms */
  take(nowMs: number): number {
    // a clock that is set back takes nothing away
    const restedMs = Math.max(0, nowMs - this.atMs)
    this.left = Math.min(this.burst, this.left + (restedMs / 1000) * this.perSecond)
    this.atMs = nowMs
    if (this.left >= 1) {
      this.left -= 1
      return 0
    }
    return Math.ceil(((1 - this.left) / this.perSecond) * 1000)
  }
}
