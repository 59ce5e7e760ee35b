import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { flowVersionView } from '../../../gateway/flows/schema.ts'
import { api } from '../api/client.ts'
import type { Doc } from './doc.ts'

export type FlowVersion = z.infer<typeof flowVersionView>

/** Published versions of a flow, newest first. */
export function useVersions(flowId: string) {
  return useQuery({
    queryKey: ['flows', 'versions', flowId],
    queryFn: async () => {
      const { items } = await api.get<{ items: FlowVersion[] }>(`/flows/${flowId}/versions`)
      return items.toSorted((a, b) => b.version - a.version)
    },
  })
}

/** The document of one version; it never changes, so it is asked for once. */
export function useVersionDoc(flowId: string, version: number | undefined) {
  return useQuery({
    queryKey: ['flows', 'version', flowId, version],
    queryFn: async () =>
      (await api.get<{ version: number; doc: Doc }>(`/flows/${flowId}/versions/${version}`)).doc,
    enabled: version !== undefined,
    staleTime: Infinity,
  })
}
