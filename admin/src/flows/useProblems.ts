import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { flowProblemView } from '../../../gateway/flows/schema.ts'
import { api } from '../api/client.ts'
import { useSettled } from '../records/useSettled.ts'
import type { Doc } from './doc.ts'

export type Problem = z.infer<typeof flowProblemView>

/** What is wrong with the document as typed, asked for whenever typing pauses. */
export function useProblems(flowId: string, doc: Doc | undefined) {
  const settled = useSettled(doc, 600)
  return useQuery({
    queryKey: ['flows', 'validate', flowId, settled],
    queryFn: async () =>
      (await api.post<{ items: Problem[] }>(`/flows/${flowId}/validate`, { doc: settled })).items,
    enabled: settled !== undefined,
    placeholderData: (previous) => previous,
  })
}
