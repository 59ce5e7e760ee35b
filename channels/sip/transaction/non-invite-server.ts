import type { StateTable } from './state-table.ts'

/** RFC 3261 §17.2.2: a repeated request gets the same response for 64·T1, so a lost 200 to BYE is no 481. */
export const nonInviteServer: StateTable = {
  first: 'trying',
  start: [],
  rows: {
    trying: {
      '1xx': ['proceeding', 'send'],
      '2xx': ['completed', 'send', 'startJ'],
      '3xx-6xx': ['completed', 'send', 'startJ'],
    },
    proceeding: {
      request: ['proceeding', 'resend'],
      '1xx': ['proceeding', 'send'],
      '2xx': ['completed', 'send', 'startJ'],
      '3xx-6xx': ['completed', 'send', 'startJ'],
      transportError: ['terminated', 'unreachable'],
    },
    completed: {
      request: ['completed', 'resend'],
      timerJ: ['terminated'],
      transportError: ['terminated', 'unreachable'],
    },
  },
}
