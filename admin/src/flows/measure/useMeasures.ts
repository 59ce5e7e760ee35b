import { useQuery } from '@tanstack/react-query'
import type { MeasuresView } from '../../../../gateway/measures/schema.ts'
import { api } from '../../api/client.ts'
import type { Query } from '../../api/client.ts'

/** Counted every moment, looked at now and then. */
const EVERY_MS = 30_000

export function useMeasures(flowId: string, query: Query, enabled = true) {
  return useQuery({
    queryKey: ['flows', 'measures', flowId, query],
    queryFn: () => api.get<MeasuresView>(`/flows/${flowId}/measures`, query),
    enabled,
    refetchInterval: EVERY_MS,
    // another period shows the figures of the last one until its own have come
    placeholderData: (previous) => previous,
  })
}
