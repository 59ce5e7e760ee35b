/** What an error of SMTP says about the mail: refused for good, worth another try, or nobody knows. Pure. */
import type { SendResult } from '../channel.ts'

export interface SmtpError {
  /** nodemailer's: ECONNECTION, EAUTH, EENVELOPE … */
  code?: string
  /** the server's reply, e.g. 550 */
  responseCode?: number
}

/** Another try after a refused password: somebody must change it first. */
const AUTH_AGAIN_MS = 5 * 60_000

/**
 * @param given the whole mail had gone out: without the server's reply nobody knows whether it was taken,
 * RFC 5321 §6.1
 */
export function sendOutcome(error: SmtpError, given: boolean): Extract<SendResult, { ok: false }> {
  const { code = 'SMTP_FAILED', responseCode = 0 } = error
  if (code === 'EAUTH') return { ok: false, retry: 'later', code, afterMs: AUTH_AGAIN_MS }
  // a reply to the envelope or to the mail itself; 421 and 503 are about the connection
  if ((code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode) {
    const permanent = responseCode >= 500 && responseCode !== 503
    return { ok: false, retry: permanent ? 'never' : 'later', code: String(responseCode) }
  }
  // our own doing: no such address, larger than the server announced to take
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { ok: false, retry: 'never', code }
  return { ok: false, retry: given ? 'unknown' : 'later', code }
}
