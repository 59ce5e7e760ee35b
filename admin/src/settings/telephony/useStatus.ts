import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { TelephonyStatusView } from '../../../../gateway/telephony/schema.ts'
import { api } from '../../api/client.ts'

const EVERY_MS = 5000

/** How telephony stands, asked again every five seconds while it is looked at. */
export function useStatus(): UseQueryResult<TelephonyStatusView> {
  return useQuery({
    queryKey: ['telephony/status'],
    queryFn: () => api.get<TelephonyStatusView>('/telephony/status'),
    refetchInterval: EVERY_MS,
  })
}
