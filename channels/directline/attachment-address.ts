/** Addresses of files for clients on other sites, signed; the account's secret ends them as it ends tokens. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { DirectLineAccount } from './account.ts'

const GOOD_MS = 7 * 86_400_000
/** The same all day, so that browsers may cache it. */
const DAY_MS = 86_400_000

export function attachmentAddress(
  account: DirectLineAccount,
  base: string,
  blobId: string,
  nowMs: number,
): string {
  const until = Math.ceil((nowMs + GOOD_MS) / DAY_MS) * DAY_MS
  const sig = sign(account, account.settings.secret, blobId, until)
  return `${base}/attachments/${blobId}/views/original?until=${until}&sig=${sig}`
}

export function mayFetch(
  account: DirectLineAccount,
  blobId: string,
  { until, sig }: { until?: unknown; sig?: unknown },
  nowMs: number,
): boolean {
  if (typeof until !== 'string' || typeof sig !== 'string') return false
  const untilMs = Number(until)
  if (!Number.isSafeInteger(untilMs) || untilMs < nowMs) return false
  const given = Buffer.from(sig)
  const { secret, secondSecret } = account.settings
  return [secret, ...(secondSecret ? [secondSecret] : [])].some((each) => {
    const expected = Buffer.from(sign(account, each, blobId, untilMs))
    return expected.length === given.length && timingSafeEqual(expected, given)
  })
}

function sign({ id }: DirectLineAccount, secret: string, blobId: string, until: number): string {
  return createHmac('sha256', secret).update(`file|${id}|${blobId}|${until}`).digest('base64url')
}
