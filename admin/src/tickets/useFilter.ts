import { useAddressFilter } from '../records/useAddressFilter.ts'

const names = ['q', 'status', 'kind', 'contactId'] as const
export type Filter = Partial<Record<(typeof names)[number], string>>

export const useFilter = () => useAddressFilter('/tickets', names)
