/** How each account fares, as its channel tells it, with the faults of late for whoever must mend them. */
import type { AccountHealth, HealthState } from '../../channels/provider.ts'
import type { HealthView } from './schema.ts'

const FAULTS_KEPT = 20
const MAX_DETAIL_CHARS = 300

type Kept = Omit<HealthView, 'state'> & { state: HealthState }

export class HealthBook implements AccountHealth {
  private readonly accounts = new Map<string, Kept>()
  private readonly now: () => number
  /** the state changed, not only a figure */
  private readonly onChange: (accountId: string, state: HealthState) => void

  constructor(options: {
    now: () => number
    onChange: (accountId: string, state: HealthState) => void
  }) {
    this.now = options.now
    this.onChange = options.onChange
  }

  ok(accountId: string): void {
    const kept = this.of(accountId)
    kept.lastOkMs = this.now()
    this.move(accountId, kept, 'ok')
  }

  fault(accountId: string, state: Exclude<HealthState, 'ok'>, code: string, detail?: string): void {
    const kept = this.of(accountId)
    const atMs = this.now()
    const told = detail?.slice(0, MAX_DETAIL_CHARS)
    const last = kept.faults[0]
    if (last && last.code === code && last.detail === told) {
      last.atMs = atMs
      last.times++
    } else {
      kept.faults.unshift({ atMs, state, code, ...(told && { detail: told }), times: 1 })
      kept.faults.length = Math.min(kept.faults.length, FAULTS_KEPT)
    }
    this.move(accountId, kept, state)
  }

  show(accountId: string, qrText: string): void {
    const kept = this.of(accountId)
    if (qrText) kept.qrText = qrText
    else delete kept.qrText
    this.onChange(accountId, kept.state)
  }

  /** undefined: nothing has been heard of it */
  view(accountId: string): HealthView | undefined {
    return this.accounts.get(accountId)
  }

  /** Accounts by state, for the metrics. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { state } of this.accounts.values()) counts[state] = (counts[state] ?? 0) + 1
    return counts
  }

  forget(accountId: string): void {
    this.accounts.delete(accountId)
  }

  private of(accountId: string): Kept {
    let kept = this.accounts.get(accountId)
    if (!kept) {
      kept = { state: 'starting', sinceMs: this.now(), faults: [] }
      this.accounts.set(accountId, kept)
    }
    return kept
  }

  private move(accountId: string, kept: Kept, state: HealthState): void {
    if (kept.state === state) return
    kept.state = state
    kept.sinceMs = this.now()
    this.onChange(accountId, state)
  }
}
