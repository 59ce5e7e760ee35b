/** What Twilio's refusals mean (twilio.com/docs/api/errors). */
import type { Verdict } from '../verdict.ts'
import { HOUR_MS, MINUTE_MS, moment, never, person, tooFast } from '../verdict.ts'

const table: Record<number, Verdict> = {
  20003: person('PROVIDER_CREDENTIALS'),
  20005: person('PROVIDER_REFUSED'),
  20008: person('PROVIDER_CREDENTIALS'),
  20404: person('PROVIDER_REFUSED'),
  // the sender is not ours, or sends no SMS
  21212: person('PROVIDER_REFUSED'),
  21603: person('PROVIDER_REFUSED'),
  21606: person('PROVIDER_REFUSED'),
  21609: person('PROVIDER_REFUSED'),
  21659: person('PROVIDER_REFUSED'),
  21660: person('PROVIDER_REFUSED'),
  21703: person('PROVIDER_REFUSED'),
  // countries that are switched off, numbers a trial account may not reach
  21408: { retry: 'never', health: 'warning' },
  21608: { retry: 'never', health: 'warning' },
  // no number, no mobile, no way there, written STOP, too long
  21211: never,
  21214: never,
  21217: never,
  21610: never,
  21612: never,
  21614: never,
  21617: never,
  // their queue for this sender is full
  21611: tooFast(MINUTE_MS),
  30001: tooFast(MINUTE_MS),
  63038: tooFast(HOUR_MS),
}

/**
 * @param code of the body; undefined where there was none
 * @param retryAfterSeconds of the header
 */
export function twilioVerdict(
  status: number,
  code: number | undefined,
  retryAfterSeconds = 1,
): Verdict {
  if (status === 429 || code === 20429) return tooFast(Math.max(1, retryAfterSeconds) * 1000)
  const known = code === undefined ? undefined : table[code]
  if (known) return known
  if (status === 401 || status === 403) return person('PROVIDER_CREDENTIALS')
  if (status === 503) return moment
  return status >= 500 ? { retry: 'unknown', health: 'warning' } : never
}
