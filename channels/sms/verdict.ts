/** What a provider's refusal means for the message, for the account, and for whoever presses the test button. */
import type { ErrorCode } from '../../gateway/errors.ts'
import type { SendResult } from '../channel.ts'
import type { CheckResult } from '../provider.ts'
import { Unreachable } from '../provider-http.ts'
import type { SmsEvents } from './link.ts'

export interface Verdict {
  retry: 'never' | 'later' | 'unknown'
  /** when this message may be tried again */
  afterMs?: number
  /** nothing of the account is sent meanwhile */
  pauseMs?: number
  health?: 'warning' | 'down' | 'needsPerson'
  /** for the test button */
  error?: ErrorCode
}

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS

/** Wrong with the message or its destination. */
export const never: Verdict = { retry: 'never' }
/** Wrong at the provider, for a moment. */
export const moment: Verdict = { retry: 'later', afterMs: 5000, health: 'warning' }
/** Nothing goes out until somebody mends the account; what waits goes out then. */
export const person = (error: ErrorCode): Verdict => ({
  ...{ retry: 'later', pauseMs: 5 * MINUTE_MS, health: 'needsPerson', error },
})
/** Too much at once: the whole account rests. */
export const tooFast = (pauseMs: number): Verdict => ({
  ...{ retry: 'later', pauseMs, health: 'warning' },
})

/** A refusal as the outbox takes it, told to the console too where it is one of the account. */
export function refusedBy(verdict: Verdict, code: string, events: SmsEvents): SendResult {
  const { retry, afterMs, pauseMs, health } = verdict
  if (health) events.fault(health, code)
  return {
    ...{ ok: false as const, retry, code },
    ...(afterMs !== undefined && { afterMs }),
    ...(pauseMs !== undefined && { pauseAccountMs: pauseMs }),
  }
}

/** No usable answer. @throws what is no Unreachable */
export function unreachable(error: unknown, events: SmsEvents): SendResult {
  if (!(error instanceof Unreachable)) throw error
  events.fault('down', 'PROVIDER_UNREACHABLE', error.detail)
  const retry = error.sent === 'no' ? 'later' : 'unknown'
  return { ok: false, retry, code: 'PROVIDER_UNREACHABLE' }
}

export function failedCheck(verdict: Verdict, detail: string): CheckResult {
  return { ok: false, code: verdict.error ?? 'PROVIDER_REFUSED', detail }
}

/** @throws what is no Unreachable */
export function unreachableCheck(error: unknown): CheckResult {
  if (!(error instanceof Unreachable)) throw error
  return { ok: false, code: 'PROVIDER_UNREACHABLE', detail: error.detail }
}
