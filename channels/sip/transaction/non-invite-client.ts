import type { StateTable } from './state-table.ts'

/** RFC 3261 §17.1.2. */
export const nonInviteClient: StateTable = {
  first: 'trying',
  start: ['startE', 'startF'],
  rows: {
    trying: {
      timerE: ['trying', 'resend', 'againE'],
      timerF: ['terminated', 'timeout'],
      '1xx': ['proceeding', 'deliver'],
      '2xx': ['completed', 'stopE', 'stopF', 'deliver', 'startK'],
      '3xx-6xx': ['completed', 'stopE', 'stopF', 'deliver', 'startK'],
      transportError: ['terminated', 'unreachable'],
    },
    proceeding: {
      timerE: ['proceeding', 'resend', 'againE'],
      timerF: ['terminated', 'timeout'],
      '1xx': ['proceeding', 'deliver'],
      '2xx': ['completed', 'stopE', 'stopF', 'deliver', 'startK'],
      '3xx-6xx': ['completed', 'stopE', 'stopF', 'deliver', 'startK'],
      transportError: ['terminated', 'unreachable'],
    },
    completed: {
      timerK: ['terminated'],
    },
  },
}
