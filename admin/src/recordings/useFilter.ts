import { useAddressFilter } from '../records/useAddressFilter.ts'

const names = [
  'q',
  'kind',
  'queueId',
  'agentId',
  'contactId',
  'conversationId',
  'from',
  'to',
  'minSeconds',
] as const
/** `from` and `to` are dates where the reader is, YYYY-MM-DD; both days count. */
export type Filter = Partial<Record<(typeof names)[number], string>>

export const useFilter = () => useAddressFilter('/recordings', names)
