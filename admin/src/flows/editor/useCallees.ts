import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { flowIdSchema } from '../../../../gateway/domain/flow-id.ts'
import { api } from '../../api/client.ts'
import { asString, blocksOf } from '../doc.ts'
import type { Doc } from '../doc.ts'
import { calleeExits } from '../document/ports.ts'
import type { DraftView } from '../useDraft.ts'

/** Exits that the flows called from here name, so that they can be connected. */
export function useCallees(doc: Doc): ReadonlyMap<string, readonly string[]> {
  const called = Object.values(blocksOf(doc)).flatMap((block) =>
    block['type'] === 'subflow' ? (asString(block['flow']) ?? []) : [],
  )
  // a fresh block calls none yet; what was written by hand may be no id, and an address of something else
  const ids = [...new Set(called)].filter((id) => flowIdSchema.safeParse(id).success).sort()
  const known = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['flows', 'draft', id],
      queryFn: () => api.get<DraftView>(`/flows/${id}/draft`),
      staleTime: 60_000,
      retry: false,
    })),
    combine: (results) =>
      JSON.stringify(results.map(({ data }) => (data ? calleeExits(data.doc) : null))),
  })
  const names = ids.join('\n')
  return useMemo(() => {
    const exits = JSON.parse(known) as (string[] | null)[]
    const pairs = names.split('\n').map((id, at) => [id, exits[at]] as const)
    return new Map(pairs.flatMap(([id, list]) => (list ? [[id, list] as const] : [])))
  }, [known, names])
}
