/**
 * What WeCom's return codes mean for us (developer.work.weixin.qq.com 全局错误码; the 95xxx of 微信客服 from
 * public clients of it). Whoever meets a code that is not listed must not try again: it is about the message.
 */
import type { HealthState } from '../provider.ts'
import type { ErrorCode } from '../../gateway/errors.ts'

/** WeCom answered, and with an error. */
export class KfError extends Error {
  readonly errcode: number
  /** for the operator: their words; 60020 names our address */
  readonly detail: string
  constructor(errcode: number, errmsg: string) {
    super(`WeCom ${errcode}`)
    this.errcode = errcode
    this.detail = errmsg.slice(0, 200)
  }
}

export interface Verdict {
  retry: 'never' | 'later'
  /** the account rests so long */
  pauseMs?: number
  /** we may write nothing until the contact writes again */
  windowClosed?: true
  /** the token is at fault */
  token?: true
  /** the session is in a state that takes no messages */
  session?: true
  /** how the account fares because of it */
  health?: Exclude<HealthState, 'ok'>
  /** of the one table, for the test button */
  error: ErrorCode
}

const MINUTE_MS = 60_000
const never: Verdict = { retry: 'never', error: 'PROVIDER_REFUSED' }
const closed: Verdict = { ...never, windowClosed: true }
const token: Verdict = { retry: 'later', token: true, error: 'PROVIDER_CREDENTIALS' }
const person = (error: ErrorCode): Verdict => ({
  ...{ retry: 'later', pauseMs: 5 * MINUTE_MS, health: 'needsPerson', error },
})
const tooFast: Verdict = {
  ...{ retry: 'later', pauseMs: MINUTE_MS, health: 'warning', error: 'PROVIDER_REFUSED' },
}

const verdicts: Record<number, Verdict> = {
  // busy
  [-1]: { retry: 'later', health: 'warning', error: 'PROVIDER_UNREACHABLE' },
  40001: person('PROVIDER_CREDENTIALS'),
  40013: person('PROVIDER_CREDENTIALS'),
  40091: person('PROVIDER_CREDENTIALS'),
  // access_token: wrong, missing, too old
  40014: token,
  41001: token,
  42001: token,
  // uploaded files are kept for three days; it is uploaded anew
  40007: { retry: 'later', error: 'PROVIDER_REFUSED' },
  45009: tooFast,
  45033: tooFast,
  // the app may not call this
  48001: person('PROVIDER_REFUSED'),
  48002: person('PROVIDER_REFUSED'),
  60011: person('PROVIDER_REFUSED'),
  60020: person('PROVIDER_IP'),
  // open_kfid: no such, not ours, interface switched off
  95000: person('PROVIDER_REFUSED'),
  95004: person('PROVIDER_REFUSED'),
  95012: person('PROVIDER_REFUSED'),
  95017: person('PROVIDER_REFUSED'),
  // five messages were sent; 48 hours have passed; no word of the customer in 48 hours
  95001: closed,
  95002: closed,
  95024: closed,
  // the session has ended; it is queued or served in the WeCom client
  95013: { ...never, session: true },
  95018: { ...never, session: true },
}

export const verdictOf = (errcode: number): Verdict => verdicts[errcode] ?? never

/** msg_send_fail: what was taken could not be delivered after all. */
const failures: Record<number, string> = {
  0: 'UNKNOWN',
  1: 'SERVICE_ACCOUNT_DELETED',
  2: 'APP_OFF',
  4: 'WINDOW_CLOSED',
  5: 'SESSION_CLOSED',
  6: 'QUOTA_USED_UP',
  7: 'NOT_VERIFIED',
  8: 'NOT_VERIFIED',
  9: 'NOT_VERIFIED',
  10: 'REFUSED_BY_CONTACT',
}
export const failureOf = (failType: number): string => failures[failType] ?? `FAIL_${failType}`
