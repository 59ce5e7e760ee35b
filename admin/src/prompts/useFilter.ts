import { useAddressFilter } from '../records/useAddressFilter.ts'

const names = ['q', 'flowId', 'lang', 'state', 'mediaId'] as const
export type Filter = Partial<Record<(typeof names)[number], string>>

export const useFilter = () => useAddressFilter('/prompts/list', names)
