/** What WeChat's return codes mean for us (developers.weixin.qq.com 全局返回码). */
import type { ErrorCode } from '../../gateway/errors.ts'
import type { SendResult } from '../channel.ts'
import type { AccountHealth, CheckResult, HealthState } from '../provider.ts'
import { Unreachable } from '../provider-http.ts'

/** WeChat answered, and with an error. */
export class WechatError extends Error {
  readonly errcode: number
  /** their words, for the operator; 40164 names our address */
  readonly detail: string
  constructor(errcode: number, errmsg: string) {
    super(`WeChat ${errcode}`)
    this.errcode = errcode
    this.detail = errmsg.slice(0, 200)
  }
}

interface Verdict {
  retry: 'never' | 'later'
  afterMs?: number
  /** the account rests so long */
  pauseMs?: number
  windowClosed?: true
  /** how the account fares because of it; absent: the fault lies with this one message or contact */
  health?: Exclude<HealthState, 'ok'>
  error: ErrorCode
}

const MINUTE_MS = 60_000

const person = (error: ErrorCode): Verdict => ({
  ...{ retry: 'later', pauseMs: MINUTE_MS, health: 'needsPerson', error },
})
const refused: Verdict = { retry: 'never', error: 'PROVIDER_REFUSED' }

const verdicts: Record<number, Verdict> = {
  // busy: "try again later"
  [-1]: { retry: 'later', afterMs: 2_000, health: 'warning', error: 'PROVIDER_UNREACHABLE' },
  // the token, refused again after it was renewed; 40001 is a wrong secret as well
  40001: person('PROVIDER_CREDENTIALS'),
  40014: person('PROVIDER_CREDENTIALS'),
  42001: person('PROVIDER_CREDENTIALS'),
  // app id and secret: wrong, missing, frozen
  40002: person('PROVIDER_CREDENTIALS'),
  40013: person('PROVIDER_CREDENTIALS'),
  40125: person('PROVIDER_CREDENTIALS'),
  40243: person('PROVIDER_CREDENTIALS'),
  41002: person('PROVIDER_CREDENTIALS'),
  41004: person('PROVIDER_CREDENTIALS'),
  40164: person('PROVIDER_IP'),
  // of the day: asked again now and then, it may be raised or reset (clear_quota)
  45009: {
    ...{ retry: 'later', pauseMs: 10 * MINUTE_MS, health: 'warning', error: 'PROVIDER_REFUSED' },
  },
  // too fast
  45011: { retry: 'later', pauseMs: 5_000, health: 'warning', error: 'PROVIDER_REFUSED' },
  // 48 hours or the minute are over; the count is used up
  45015: { ...refused, windowClosed: true },
  45047: { ...refused, windowClosed: true },
  // follows no more: what was granted is void until they come back
  43004: { ...refused, windowClosed: true },
  // the account may not call this at all; it is punished
  48001: { ...refused, health: 'needsPerson' },
  48004: { ...refused, health: 'needsPerson' },
  50002: { ...refused, health: 'needsPerson' },
}

/** 48002 wants no messages, 43101 did not subscribe, 40003 no such openid … */
const verdictOf = (errcode: number): Verdict => verdicts[errcode] ?? refused

/** The token has to be renewed; then it is tried once more. */
export const refusesToken = (error: unknown): boolean =>
  error instanceof WechatError && [40001, 40014, 42001].includes(error.errcode)

type Failed = Extract<SendResult, { ok: false }>

/** @throws what is neither WeChat's nor the network's */
export function sendFailure(error: unknown): Failed {
  if (error instanceof Unreachable)
    return error.sent === 'no'
      ? { ok: false, retry: 'later', code: 'PROVIDER_UNREACHABLE' }
      : { ok: false, retry: 'unknown', code: 'NO_ANSWER' }
  if (!(error instanceof WechatError)) throw error
  const { retry, afterMs, pauseMs, windowClosed } = verdictOf(error.errcode)
  return {
    ...{ ok: false, retry, code: String(error.errcode) },
    ...(afterMs && { afterMs }),
    ...(pauseMs && { pauseAccountMs: pauseMs }),
    ...(windowClosed && { windowClosed }),
  }
}

/** How the account fares: what concerns one contact alone shows that it works. */
export function tellHealth(health: AccountHealth, accountId: string, error: unknown): void {
  if (error instanceof Unreachable) {
    const state = error.sent === 'no' ? 'down' : 'warning'
    health.fault(accountId, state, 'PROVIDER_UNREACHABLE', error.detail)
  } else if (error instanceof WechatError) {
    const { health: state } = verdictOf(error.errcode)
    if (state) health.fault(accountId, state, String(error.errcode), error.detail)
    else health.ok(accountId)
  }
}

/** For the test button and the console's routes. */
export function checkFailure(error: unknown): CheckResult & { code: ErrorCode } {
  if (error instanceof Unreachable)
    return { ok: false, code: 'PROVIDER_UNREACHABLE', detail: error.detail }
  if (!(error instanceof WechatError)) throw error
  return {
    ok: false,
    code: verdictOf(error.errcode).error,
    detail: `${error.errcode} ${error.detail}`,
  }
}
