/** Answers kept in memory, least recently used out first, bounded by what they weigh. */
const MAX_BYTES = 32 * 1024 * 1024
const MAX_ANSWERS = 5000

interface Kept {
  value: unknown
  bytes: number
  freshUntilMs: number
  staleUntilMs: number
}

export class AnswerCache {
  private readonly kept = new Map<string, Kept>()
  private readonly now: () => number
  private bytes = 0

  constructor(now: () => number) {
    this.now = now
  }

  fresh(key: string): { value: unknown } | undefined {
    const found = this.kept.get(key)
    if (!found || found.freshUntilMs <= this.now()) return undefined
    this.kept.delete(key)
    this.kept.set(key, found)
    return found
  }

  /** What may still be said when the source fails. */
  stale(key: string): { value: unknown } | undefined {
    const found = this.kept.get(key)
    if (!found) return undefined
    if (found.staleUntilMs > this.now()) return found
    this.drop(key, found)
    return undefined
  }

  put(key: string, value: unknown, freshMs: number, staleMs: number): void {
    const before = this.kept.get(key)
    if (before) this.drop(key, before)
    const bytes = (JSON.stringify(value)?.length ?? 0) * 2 + key.length * 2
    if (freshMs <= 0 || bytes > MAX_BYTES) return
    const freshUntilMs = this.now() + freshMs
    this.kept.set(key, { value, bytes, freshUntilMs, staleUntilMs: freshUntilMs + staleMs })
    this.bytes += bytes
    for (const [oldest, each] of this.kept) {
      if (this.bytes <= MAX_BYTES && this.kept.size <= MAX_ANSWERS) break
      this.drop(oldest, each)
    }
  }

  forget(prefix: string): void {
    for (const [key, each] of this.kept) if (key.startsWith(prefix)) this.drop(key, each)
  }

  private drop(key: string, { bytes }: Kept): void {
    this.kept.delete(key)
    this.bytes -= bytes
  }
}
