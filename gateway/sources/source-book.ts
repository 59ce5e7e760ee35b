/** How one source fares since the process began. */
import { CircuitBreaker } from '../domain/circuit-breaker.ts'
import type { ErrorCode } from '../errors.ts'
import { errorEntry } from '../errors.ts'
import type { SeenAnswer, SourceHealth } from './schema.ts'

const LATENCIES = 40

export class SourceBook {
  readonly breaker: CircuitBreaker
  seen: SeenAnswer | undefined
  private readonly now: () => number
  private readonly counts = { asked: 0, cached: 0, failed: 0, stale: 0, fallback: 0 }
  private readonly latencyMs: number[] = []
  private lastOkMs: number | undefined
  private lastFault: { atMs: number; code: ErrorCode } | undefined

  constructor(now: () => number) {
    this.now = now
    this.breaker = new CircuitBreaker(now)
  }

  count(what: 'asked' | 'cached' | 'stale' | 'fallback'): void {
    this.counts[what]++
  }

  answered(tookMs: number): void {
    this.lastOkMs = this.now()
    this.latencyMs.push(Math.round(tookMs))
    if (this.latencyMs.length > LATENCIES) this.latencyMs.shift()
  }

  failed(code: ErrorCode): void {
    this.counts.failed++
    this.lastFault = { atMs: this.now(), code }
  }

  health(): SourceHealth {
    const { lastOkMs, lastFault } = this
    const failing = lastFault && lastFault.atMs >= (lastOkMs ?? 0)
    const asked = lastOkMs !== undefined || lastFault !== undefined
    return {
      state:
        this.breaker.state() === 'resting'
          ? 'resting'
          : failing
            ? 'failing'
            : asked
              ? 'ok'
              : 'unasked',
      ...(lastOkMs !== undefined && { lastOkMs }),
      ...(lastFault && { lastFault: { ...lastFault, ...sentence(lastFault.code) } }),
      ...this.counts,
      latencyMs: [...this.latencyMs],
    }
  }
}

function sentence(code: ErrorCode): { zh: string; en: string } {
  const { zh, en } = errorEntry(code)
  return { zh, en }
}
