/**
 * Codes that let us write one message to a customer who opened the chat and has said nothing yet. They hold 20
 * seconds, so they are kept by the process that got them and are lost with it.
 */
const CODE_MS = 20_000
const MAX_CODES = 10_000

export class WelcomeCodes {
  private readonly codes = new Map<string, { code: string; untilMs: number }>()
  private readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  /** @returns until when it holds */
  keep(userId: string, code: string, sentAtMs: number): number {
    const untilMs = Math.min(sentAtMs, this.now()) + CODE_MS
    this.codes.delete(userId)
    this.codes.set(userId, { code, untilMs })
    // the oldest is the first one of a map
    if (this.codes.size > MAX_CODES) this.codes.delete(this.codes.keys().next().value!)
    return untilMs
  }

  /** Each works once. */
  take(userId: string): string | undefined {
    const kept = this.codes.get(userId)
    this.codes.delete(userId)
    return kept && kept.untilMs > this.now() ? kept.code : undefined
  }
}
