/** WeChat's two families of access tokens, which know nothing of each other. */
import { randomBytes } from 'node:crypto'

const LIFE_MS = 7200_000
const OVERLAP_MS = 5 * 60_000
const FORCE_GAP_MS = 30_000
const FORCED_A_DAY = 20

export class TokenFamilies {
  private readonly now: () => number
  private readonly good = new Map<string, number>()
  private stable: { token: string; untilMs: number } | undefined
  private classic = ''
  private forcedAtMs: number[] = []
  /** calls of stable_token, those that forced a new one among them */
  asked = 0
  forced = 0

  constructor(now: () => number) {
    this.now = now
  }

  /** POST stable_token: the same again, renewed five minutes before it ends; both are good then. */
  giveStable(force: boolean): { access_token: string; expires_in: number } {
    const nowMs = this.now()
    this.asked++
    const recent = this.forcedAtMs.filter((atMs) => nowMs - atMs < 86_400_000)
    const mayForce =
      recent.length < FORCED_A_DAY && nowMs - (recent.at(-1) ?? -Infinity) >= FORCE_GAP_MS
    const forcing = force && mayForce
    if (forcing) {
      this.forced++
      this.forcedAtMs = [...recent, nowMs]
      if (this.stable) this.good.delete(this.stable.token)
    }
    if (!this.stable || forcing || this.stable.untilMs - nowMs < OVERLAP_MS) {
      // they ask for room for 512 characters
      const token = `${nowMs}_${randomBytes(96).toString('base64url')}`
      this.stable = { token, untilMs: nowMs + LIFE_MS }
      this.good.set(token, this.stable.untilMs)
    }
    const { token, untilMs } = this.stable
    return { access_token: token, expires_in: Math.floor((untilMs - nowMs) / 1000) }
  }

  /** GET token: the one before dies after five minutes. */
  giveClassic(): { access_token: string; expires_in: number } {
    const nowMs = this.now()
    if (this.classic) this.good.set(this.classic, nowMs + OVERLAP_MS)
    this.classic = `c_${randomBytes(64).toString('base64url')}`
    this.good.set(this.classic, nowMs + LIFE_MS)
    return { access_token: this.classic, expires_in: LIFE_MS / 1000 }
  }

  /** undefined: good */
  fault(token: string): number | undefined {
    const untilMs = this.good.get(token)
    if (untilMs === undefined) return 40001
    return untilMs > this.now() ? undefined : 42001
  }

  /** All that were given end at this moment. */
  expireAll(): void {
    for (const token of this.good.keys()) this.good.set(token, this.now() - 1)
    this.stable = undefined
  }

  /** The stable one is refused from now on, and yet handed out again until somebody forces a new one. */
  refuseStable(): void {
    if (this.stable) this.good.delete(this.stable.token)
  }
}
