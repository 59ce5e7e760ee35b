import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FlowDoc } from '../../../../bots/flow/schema.ts'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { api } from '../../api/client.ts'
import type { Doc } from '../doc.ts'
import type { DraftView } from '../useDraft.ts'
import { calledFrom, loadOthers } from './load-others.ts'

export type OthersAs = 'drafts' | 'live'

/** The flows a document leads to, as they are drawn now or as callers get them. */
export function useOthers(flowId: string, doc: Doc, as: OthersAs) {
  const ids = useMemo(() => calledFrom(doc).join('\n'), [doc])
  return useQuery({
    queryKey: ['flows', 'others', flowId, as, ids],
    queryFn: (): Promise<FlowDoc[]> => {
      const named = ids.split('\n').filter(Boolean)
      return loadOthers(named, flowId, as === 'drafts' ? draftOf : liveOf())
    },
    staleTime: 10_000,
    placeholderData: (previous) => previous,
  })
}

const draftOf = async (id: string): Promise<Doc> =>
  (await api.get<DraftView>(`/flows/${id}/draft`)).doc

/** Of a flow that was never published, its draft: that is what the gate before publishing does too. */
function liveOf(): (id: string) => Promise<Doc> {
  const summaries = api.get<{ items: FlowSummaryView[] }>('/flows')
  return async (id) => {
    const live = (await summaries).items.find((each) => each.id === id)?.liveVersion
    if (live === undefined) return draftOf(id)
    return (await api.get<{ doc: Doc }>(`/flows/${id}/versions/${live}`)).doc
  }
}
