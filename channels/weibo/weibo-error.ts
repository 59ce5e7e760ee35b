/** What the error codes of Weibo mean for a message that was to go out (open.weibo.com/wiki/Error_code). */
import type { SendResult } from '../channel.ts'

/** Weibo's answer, as far as it goes wrong. `sent`: the request had left, so nobody knows what became of it. */
export type WeiboFailure =
  | { kind: 'refused'; code: string; words: string }
  | { kind: 'silent'; sent: boolean; words: string }

/** 21301 auth failed, 21314-21319 and 21327 used up, revoked, rejected or expired, 21332 invalid. */
const tokenIsBad = /^(21301|2131[4-9]|21327|21332)$/
/** 10022 by address, 10023 by user, 10024 by user and interface, 20016 published too much. */
const tooOften = /^(1002[234]|20016)$/
/** 10001-10003 something of theirs is down, 10009-10011 it is busy. */
const theirs = /^(1000[123]|1000[9]|1001[01]|HTTP5..)$/
/** 20301 not a follower, 20302 …: they may not be written to. */
const closed = /^(2030[12])$/

/** Calls are counted by the hour; less than a minute helps nobody. */
const REST_MS = 5 * 60_000
/** Somebody must enter a new token first. */
const TOKEN_REST_MS = 60_000

export const needsPerson = (code: string): boolean => tokenIsBad.test(code)

type Failed = Extract<SendResult, { ok: false }>

export function failedSend(failure: WeiboFailure): Failed {
  if (failure.kind === 'silent')
    return failure.sent
      ? { ok: false, retry: 'unknown', code: 'NO_ANSWER' }
      : { ok: false, retry: 'later', code: 'UNREACHABLE' }
  const { code } = failure
  if (tokenIsBad.test(code))
    return { ok: false, retry: 'later', code, pauseAccountMs: TOKEN_REST_MS }
  if (tooOften.test(code)) return { ok: false, retry: 'later', code, pauseAccountMs: REST_MS }
  if (theirs.test(code)) return { ok: false, retry: 'later', code }
  if (closed.test(code)) return { ok: false, retry: 'never', code, windowClosed: true }
  return { ok: false, retry: 'never', code }
}
