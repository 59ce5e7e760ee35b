import type { CallOutcome } from '../sip-engine.ts'

/** Q.850 causes that say more than the SIP status beside them (RFC 3398 §7.2.4.1 read backwards). */
const BY_CAUSE: Record<number, CallOutcome> = {
  1: 'unknownNumber',
  2: 'unknownNumber',
  3: 'unknownNumber',
  17: 'busy',
  18: 'noAnswer',
  19: 'noAnswer',
  20: 'unavailable',
  21: 'declined',
  22: 'unknownNumber',
  27: 'unavailable',
  28: 'unknownNumber',
}

const BY_STATUS: Record<number, CallOutcome> = {
  404: 'unknownNumber',
  408: 'noAnswer',
  410: 'unknownNumber',
  480: 'unavailable',
  484: 'unknownNumber',
  485: 'unknownNumber',
  486: 'busy',
  487: 'noAnswer',
  600: 'busy',
  603: 'declined',
  604: 'unknownNumber',
  607: 'declined',
  608: 'declined',
}

/** What a final refusal means to the person who called out (RFC 3261 §21). */
export function outcomeOf(status: number, cause?: number): CallOutcome {
  return (cause !== undefined && BY_CAUSE[cause]) || BY_STATUS[status] || 'failed'
}
