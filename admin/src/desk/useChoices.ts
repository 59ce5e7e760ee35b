import { useQuery } from '@tanstack/react-query'
import type { DeskChoicesView } from '../../../gateway/desk/schema.ts'
import { api } from '../api/client.ts'

const none: DeskChoicesView = { wrapUpCodes: [], busyReasons: [], departments: [] }

/** Codes, busy reasons and departments; empty until they are here. */
export function useChoices(): DeskChoicesView {
  const { data } = useQuery({
    queryKey: ['desk-choices'],
    queryFn: () => api.get<DeskChoicesView>('/desk-choices'),
    staleTime: 5 * 60_000,
  })
  return data ?? none
}
