const BUCKETS_PER_MS = 4
const BUCKETS = 400 * BUCKETS_PER_MS
const SECONDS = 10

/** How late the clock ran over the last ten seconds, in buckets of 0.25 ms. */
export class Lateness {
  private readonly seconds = Array.from({ length: SECONDS }, () => new Uint32Array(BUCKETS + 1))
  private current = 0

  add(lateMs: number): void {
    const bucket = Math.min(BUCKETS, Math.max(0, Math.floor(lateMs * BUCKETS_PER_MS)))
    this.seconds[this.current]![bucket]!++
  }

  /** to be called once a second */
  turn(): void {
    this.current = (this.current + 1) % SECONDS
    this.seconds[this.current]!.fill(0)
  }

  /** @returns upper edge of the bucket, in ms, over the last ten seconds; 0 where nothing ran */
  percentile(share: number): number {
    const sum = new Uint32Array(BUCKETS + 1)
    for (const second of this.seconds) {
      for (let i = 0; i <= BUCKETS; i++) sum[i]! += second[i]!
    }
    return percentile(sum, share)
  }

  /** The same of the present second alone. */
  presentPercentile(share: number): number {
    return percentile(this.seconds[this.current]!, share)
  }
}

function percentile(buckets: Uint32Array, share: number): number {
  const total = buckets.reduce((sum, count) => sum + count, 0)
  if (!total) return 0
  let below = 0
  const bucket = buckets.findIndex((count) => (below += count) >= total * share)
  return (bucket + 1) / BUCKETS_PER_MS
}
