import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Nonces that say themselves when they were made (time, random bytes, HMAC over both), so an unanswered
 * challenge costs no memory. Only nonces somebody proved a password with are remembered, to count their uses.
 */
export class NonceKeeper {
  private readonly key = randomBytes(32)
  private readonly lifeMs: number
  private readonly capacity: number
  /** uses by nonce, in order of first use */
  private readonly uses = new Map<string, NonceUse>()
  /** a nonce made up to here that is not in `uses` may have been used and forgotten */
  private forgottenUntilMs = -1

  /**
   * @param lifeMs how long a nonce may be used; then the peer is told `stale` and signs anew unasked
   * @param capacity nonces whose uses are counted; one takes about 200 bytes
   */
  constructor(options: { lifeMs?: number; capacity?: number } = {}) {
    this.lifeMs = options.lifeMs ?? 10 * 60_000
    this.capacity = options.capacity ?? 20_000
  }

  issue(nowMs: number): string {
    const body = Buffer.alloc(14)
    body.writeUIntBE(nowMs, 0, 6)
    randomBytes(8).copy(body, 6)
    return Buffer.concat([body, this.seal(body)]).toString('base64url')
  }

  /** Whether this nonce is ours and still young; to be asked before its signature is worth checking. */
  check(nonce: string, nowMs: number): 'good' | 'stale' | 'forged' {
    const madeMs = this.madeMs(nonce)
    if (madeMs === undefined) return 'forged'
    if (nowMs - madeMs > this.lifeMs) return 'stale'
    return !this.uses.has(nonce) && madeMs <= this.forgottenUntilMs ? 'stale' : 'good'
  }

  /**
   * Counts one use, after the signature was found right. false: this count was used before, or is older than
   * the window. Requests may overtake each other on UDP, so a count within the last 32 may come late.
   */
  use(nonce: string, count: number, nowMs: number): boolean {
    const known = this.uses.get(nonce)
    if (!known) {
      this.makeRoom(nowMs)
      this.uses.set(nonce, { madeMs: this.madeMs(nonce) ?? nowMs, highest: count, window: 1 })
      return true
    }
    if (count > known.highest) {
      const step = count - known.highest
      known.window = step >= 32 ? 1 : ((known.window << step) | 1) >>> 0
      known.highest = count
      return true
    }
    const age = known.highest - count
    const bit = age < 32 ? (1 << age) >>> 0 : 0
    if (bit === 0 || (known.window & bit) !== 0) return false
    known.window = (known.window | bit) >>> 0
    return true
  }

  get counted(): number {
    return this.uses.size
  }

  private madeMs(nonce: string): number | undefined {
    if (nonce.length !== 40) return undefined
    const bytes = Buffer.from(nonce, 'base64url')
    // base64url skips what it does not know: only the very text we made is ours
    if (bytes.length !== 30 || bytes.toString('base64url') !== nonce) return undefined
    const body = bytes.subarray(0, 14)
    return timingSafeEqual(bytes.subarray(14), this.seal(body)) ? body.readUIntBE(0, 6) : undefined
  }

  private seal(body: Buffer): Buffer {
    return createHmac('sha256', this.key).update(body).digest().subarray(0, 16)
  }

  /** Drops what has expired anyway, and beyond the capacity the first used, which then count as stale. */
  private makeRoom(nowMs: number): void {
    for (const [nonce, { madeMs }] of this.uses) {
      const expired = nowMs - madeMs > this.lifeMs
      if (!expired && this.uses.size < this.capacity) return
      this.uses.delete(nonce)
      if (!expired) this.forgottenUntilMs = Math.max(this.forgottenUntilMs, madeMs)
    }
  }
}

interface NonceUse {
  madeMs: number
  /** largest count seen */
  highest: number
  /** bit n: count `highest - n` was seen */
  window: number
}
