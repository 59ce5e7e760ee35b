import { valueParams, type SipMessage } from '../message/message.ts'

/** Reason header (RFC 3326): the Q.850 cause of the telephone network, and words for people. */
export interface Reason {
  cause?: number
  text?: string
}

export function reasonOf(message: SipMessage): Reason {
  const reason: Reason = {}
  for (const value of message.headers.get('reason') ?? []) {
    const params = valueParams(value)
    const cause = Number(params.get('cause'))
    if (/^q\.850\b/i.test(value.trim()) && Number.isInteger(cause) && cause > 0)
      reason.cause = cause
    reason.text ??= params.get('text') || undefined
  }
  return reason
}
