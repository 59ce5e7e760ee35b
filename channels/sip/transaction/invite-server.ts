import type { StateTable } from './state-table.ts'

/**
 * RFC 3261 §17.2.1 with the accepted state of RFC 6026 §7.1: repeated INVITEs are absorbed while the
 * call itself repeats its 2xx until ACK comes. 100 is sent by whoever opens the transaction, at once.
 */
export const inviteServer: StateTable = {
  first: 'proceeding',
  start: [],
  rows: {
    proceeding: {
      request: ['proceeding', 'resend'],
      '1xx': ['proceeding', 'send'],
      '2xx': ['accepted', 'send', 'startL'],
      '3xx-6xx': ['completed', 'send', 'startG', 'startH'],
      transportError: ['terminated', 'unreachable'],
    },
    completed: {
      request: ['completed', 'resend'],
      timerG: ['completed', 'resend', 'againG'],
      timerH: ['terminated', 'timeout'],
      ack: ['confirmed', 'stopG', 'stopH', 'startI'],
      transportError: ['terminated', 'unreachable'],
    },
    confirmed: {
      timerI: ['terminated'],
    },
    accepted: {
      '2xx': ['accepted', 'send'],
      timerL: ['terminated'],
    },
  },
}
