export type BreakerState = 'ok' | 'resting'

/** In a row; one lost answer on a busy line is no outage. */
const FAILURES = 3
const REST_MS = 10_000
const LONGEST_REST_MS = 300_000

/**
 * Keeps callers from waiting for a provider that is down. After three failures in a row it rests; when the
 * rest is over one request at a time is let through, and its outcome ends the rest or doubles it.
 */
export class CircuitBreaker {
  lastError: string | undefined
  private readonly now: () => number
  private failures = 0
  private restMs = REST_MS
  private restsUntilMs = 0
  private trying = false

  constructor(now: () => number) {
    this.now = now
  }

  state(): BreakerState {
    return this.failures >= FAILURES ? 'resting' : 'ok'
  }

  /** Whether it may be asked now. */
  ready(): boolean {
    return this.state() === 'ok' || (!this.trying && this.now() >= this.restsUntilMs)
  }

  /** It is asked; `succeeded`, `failed` or `unknown` follows. */
  begin(): void {
    if (this.state() === 'resting') this.trying = true
  }

  succeeded(): void {
    this.trying = false
    this.failures = 0
    this.restMs = REST_MS
  }

  failed(error: unknown): void {
    this.lastError = messageOf(error)
    this.failures++
    if (this.trying) this.restMs = Math.min(this.restMs * 2, LONGEST_REST_MS)
    this.trying = false
    this.restsUntilMs = this.now() + this.restMs
  }

  /** cancelled, or refused for what was asked: says nothing of the provider's health */
  unknown(error: unknown): void {
    this.lastError = messageOf(error)
    this.trying = false
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
