import { useQuery } from '@tanstack/react-query'
import type { DeskChoicesView } from '../../../gateway/desk/schema.ts'
import { api } from '../api/client.ts'

/** Departments, wrap-up codes and busy reasons, as settings hold them. */
export function useDeskChoices() {
  return useQuery({
    queryKey: ['desk-choices', 'one'],
    queryFn: () => api.get<DeskChoicesView>('/desk-choices'),
  })
}
