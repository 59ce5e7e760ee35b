import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../api/client.ts'

export interface Present {
  name: string
  sinceMs: number
}

const HEARTBEAT_MS = 10_000

/** Who else has this flow open; tells the others of us as long as it is asked. */
export function usePresence(flowId: string, onHeartbeat: (others: number) => void): Present[] {
  const { data, dataUpdatedAt } = useQuery({
    queryKey: ['flows', 'presence', flowId],
    queryFn: () => api.put<{ others: Present[] }>(`/flows/${flowId}/presence`, {}),
    refetchInterval: HEARTBEAT_MS,
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: 0,
  })
  useEffect(() => {
    const leave = () => void api.put(`/flows/${flowId}/presence`, { leave: true }).catch(() => undefined) // prettier-ignore
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [flowId])
  const others = data?.others
  useEffect(() => {
    if (others) onHeartbeat(others.length)
  }, [others, dataUpdatedAt, onHeartbeat])
  return others ?? []
}
