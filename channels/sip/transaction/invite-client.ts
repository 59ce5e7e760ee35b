import type { StateTable } from './state-table.ts'

/** RFC 3261 §17.1.1 with the accepted state of RFC 6026 §7.2: every 2xx goes up, forks and repeats alike. */
export const inviteClient: StateTable = {
  first: 'calling',
  start: ['startA', 'startB'],
  rows: {
    calling: {
      timerA: ['calling', 'resend', 'againA'],
      timerB: ['terminated', 'timeout'],
      '1xx': ['proceeding', 'stopA', 'stopB', 'deliver'],
      '2xx': ['accepted', 'stopA', 'stopB', 'deliver', 'startM'],
      '3xx-6xx': ['completed', 'stopA', 'stopB', 'ack', 'deliver', 'startD'],
      transportError: ['terminated', 'unreachable'],
    },
    proceeding: {
      '1xx': ['proceeding', 'deliver'],
      '2xx': ['accepted', 'deliver', 'startM'],
      '3xx-6xx': ['completed', 'ack', 'deliver', 'startD'],
    },
    completed: {
      '3xx-6xx': ['completed', 'ack'],
      timerD: ['terminated'],
      transportError: ['terminated'],
    },
    accepted: {
      '2xx': ['accepted', 'deliver'],
      timerM: ['terminated'],
    },
  },
}
