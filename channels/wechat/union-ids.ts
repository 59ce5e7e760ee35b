/**
 * The id one person has in all accounts of the same owner (user/info; only where they are bound to the Open
 * Platform). Asked for at first sight within a short deadline, so that the answer to their first word is not held up;
 * what comes later goes with the next message.
 */
const DEADLINE_MS = 800
/** Who has none may be bound later. */
const ASK_AGAIN_MS = 6 * 3_600_000
/** After a failure. */
const RETRY_MS = 60_000
const MAX_KEPT = 50_000

interface Kept {
  unionId: string | undefined
  untilMs: number
}

export class UnionIds {
  private readonly now: () => number
  private readonly kept = new Map<string, Kept>()
  /** `late`: somebody has waited in vain; nobody else does */
  private readonly asking = new Map<string, { done: Promise<void>; late: boolean }>()

  constructor(now: () => number) {
    this.now = now
  }

  /** @param ask may reject; the next message asks again */
  async of(key: string, ask: () => Promise<string | undefined>): Promise<string | undefined> {
    const known = this.kept.get(key)
    if (known && known.untilMs > this.now()) return known.unionId
    let asking = this.asking.get(key)
    if (!asking) {
      asking = { done: this.asked(key, ask), late: false }
      this.asking.set(key, asking)
    }
    if (!asking.late) await this.waited(asking)
    return this.kept.get(key)?.unionId
  }

  private async asked(key: string, ask: () => Promise<string | undefined>): Promise<void> {
    try {
      const unionId = await ask()
      this.keep(key, unionId, unionId ? Infinity : this.now() + ASK_AGAIN_MS)
    } catch {
      this.keep(key, undefined, this.now() + RETRY_MS)
    } finally {
      this.asking.delete(key)
    }
  }

  private async waited(asking: { done: Promise<void>; late: boolean }): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        asking.late = true
        resolve()
      }, DEADLINE_MS)
    })
    await Promise.race([asking.done, deadline])
    clearTimeout(timer)
  }

  private keep(key: string, unionId: string | undefined, untilMs: number): void {
    this.kept.set(key, { unionId, untilMs })
    if (this.kept.size <= MAX_KEPT) return
    const [oldest] = this.kept.keys()
    this.kept.delete(oldest!)
  }
}
