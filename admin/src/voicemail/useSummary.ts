import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { VoicemailSummaryView } from '../../../gateway/voicemail/schema.ts'
import { api } from '../api/client.ts'

/** A light may be late by this much. */
const EVERY_MS = 15_000

/** How many voicemails nobody has heard; kept under the list's name, so that a change asks for both. */
export function useSummary(): UseQueryResult<VoicemailSummaryView> {
  return useQuery({
    queryKey: ['voicemails', 'summary'],
    queryFn: () => api.get<VoicemailSummaryView>('/voicemails/summary'),
    refetchInterval: EVERY_MS,
  })
}
