import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { VoicemailSummaryView } from '../../../gateway/voicemail/schema.ts'
import { api } from '../api/client.ts'
import { useDeskState } from '../desk/useDesk.ts'

/** For when the line to the server is down, and what it would have told is missed. */
const EVERY_MS = 60_000

/** How many voicemails nobody has heard. What the desk's line tells asks again for it, and for the lists. */
export function useSummary(): UseQueryResult<VoicemailSummaryView> {
  const queries = useQueryClient()
  const happened = useDeskState((state) => state.voicemails)
  useEffect(() => {
    if (happened > 0) void queries.invalidateQueries({ queryKey: ['voicemails'] })
  }, [queries, happened])
  return useQuery({
    queryKey: ['voicemails', 'summary'],
    queryFn: () => api.get<VoicemailSummaryView>('/voicemails/summary'),
    refetchInterval: EVERY_MS,
  })
}
