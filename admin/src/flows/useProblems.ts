import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { flowProblemView } from '../../../gateway/flows/schema.ts'
import { api } from '../api/client.ts'
import { useSettled } from '../records/useSettled.ts'
import type { Doc } from './doc.ts'

export type Problem = z.infer<typeof flowProblemView>

/** What is wrong with the document as edited, asked for whenever editing pauses. */
export function useProblems(flowId: string, doc: Doc | undefined) {
  const settled = useSettled(doc, 600)
  return useQuery({
    // by number: writing out 300 blocks as a key would take longer than drawing them
    queryKey: ['flows', 'validate', flowId, settled && numberOf(settled)],
    queryFn: async () =>
      (await api.post<{ items: Problem[] }>(`/flows/${flowId}/validate`, { doc: settled })).items,
    enabled: settled !== undefined,
    placeholderData: (previous) => previous,
  })
}

const numbers = new WeakMap<Doc, number>()
let last = 0

/** Documents never change; each has its number as long as it lives. */
function numberOf(doc: Doc): number {
  let number = numbers.get(doc)
  if (number === undefined) numbers.set(doc, (number = ++last))
  return number
}
