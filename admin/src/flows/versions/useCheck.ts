import { useQuery } from '@tanstack/react-query'
import type { FlowCheckView } from '../../../../gateway/flows/schema.ts'
import { api } from '../../api/client.ts'

/** The rules and the flow's own tests, for the draft as it is stored. */
export function useCheck(flowId: string, isSaved: boolean) {
  return useQuery({
    queryKey: ['flows', 'check', flowId],
    queryFn: () => api.post<FlowCheckView>(`/flows/${flowId}/check`),
    enabled: isSaved,
    gcTime: 0,
    retry: false,
  })
}
