/** An account is well when both of its lines are: what comes in and what goes out. */
import type { AccountHealth, HealthState } from '../provider.ts'

type Line = 'imap' | 'smtp'

export class LineHealth {
  private readonly health: AccountHealth
  private readonly faulty = new Map<string, Set<Line>>()

  constructor(health: AccountHealth) {
    this.health = health
  }

  ok(accountId: string, line: Line): void {
    const faulty = this.faulty.get(accountId)
    faulty?.delete(line)
    if (!faulty?.size) this.health.ok(accountId)
  }

  /** `error`: of imapflow, nodemailer or Node; its words may hold addresses, so its code alone is told */
  fault(accountId: string, line: Line, error: unknown): void {
    const faulty = this.faulty.get(accountId) ?? new Set()
    this.faulty.set(accountId, faulty.add(line))
    const state: Exclude<HealthState, 'ok'> = refusedSignIn(error) ? 'needsPerson' : 'down'
    this.health.fault(accountId, state, `${line.toUpperCase()}_${codeOf(error)}`)
  }

  forget(accountId: string): void {
    this.faulty.delete(accountId)
  }
}

export function refusedSignIn(error: unknown): boolean {
  const { authenticationFailed, code } = error as { authenticationFailed?: boolean; code?: string }
  return authenticationFailed === true || code === 'EAUTH'
}

/** Only what looks like a code: never a sentence of the server's. */
export function codeOf(error: unknown): string {
  if (refusedSignIn(error)) return 'SIGN_IN'
  const { code, serverResponseCode, responseCode } = error as Record<string, unknown>
  const found = serverResponseCode ?? responseCode ?? code
  return /^[A-Za-z0-9_-]{1,40}$/.test(String(found)) ? String(found) : 'FAILED'
}
