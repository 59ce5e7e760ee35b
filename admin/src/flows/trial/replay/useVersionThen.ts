import { useQuery } from '@tanstack/react-query'
import { flowDocSchema } from '../../../../../bots/flow/schema.ts'
import type { FlowDoc } from '../../../../../bots/flow/schema.ts'
import type { FlowSummaryView } from '../../../../../gateway/flows/schema.ts'
import type { RecordedView } from '../../../../../gateway/trials/schema.ts'
import { api } from '../../../api/client.ts'
import type { Doc } from '../../doc.ts'
import { calledFrom, loadOthers } from '../load-others.ts'

/** The version a conversation went through, and the flows it leads to as callers get them. */
export function useVersionThen({ flow, version }: Pick<RecordedView, 'flow' | 'version'>) {
  return useQuery({
    queryKey: ['flows', 'then', flow, version ?? 'live'],
    queryFn: async (): Promise<{ doc: FlowDoc; others: FlowDoc[] }> => {
      const { items } = await api.get<{ items: FlowSummaryView[] }>('/flows')
      const liveOf = (id: string) => items.find((each) => each.id === id)?.liveVersion
      const docOf = async (id: string, number: number | undefined): Promise<Doc> =>
        number === undefined
          ? (await api.get<{ doc: Doc }>(`/flows/${id}/draft`)).doc
          : (await api.get<{ doc: Doc }>(`/flows/${id}/versions/${number}`)).doc
      const doc = flowDocSchema.parse(await docOf(flow, version ?? liveOf(flow)))
      const others = await loadOthers(calledFrom(doc), flow, (id) => docOf(id, liveOf(id)))
      return { doc, others }
    },
    staleTime: Infinity,
    retry: false,
  })
}
