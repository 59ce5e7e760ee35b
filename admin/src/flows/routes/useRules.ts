import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FlowRoute, FlowRoutesView } from '../../../../gateway/flow-routes/schema.ts'
import { api, ApiError } from '../../api/client.ts'
import { same } from '../../records/rebase.ts'

const KEY = ['flow-routes']

/** The list of rules under edit: changed here, saved as a whole. */
export function useRules() {
  const queries = useQueryClient()
  const stored = useQuery({
    queryKey: KEY,
    queryFn: () => api.get<FlowRoutesView>('/flow-routes'),
  })
  const [edited, setEdited] = useState<{ version: number; routes: FlowRoute[] }>()
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>()
  const routes = edited?.routes ?? stored.data?.routes ?? []
  const version = edited?.version ?? stored.data?.version ?? 0
  const change = (next: FlowRoute[]) =>
    setEdited(same(next, stored.data?.routes) ? undefined : { version, routes: next })
  const save = async (): Promise<boolean> => {
    setSaving(true)
    setError(undefined)
    try {
      queries.setQueryData(KEY, await api.put<FlowRoutesView>('/flow-routes', { version, routes }))
      setEdited(undefined)
      await queries.invalidateQueries({ queryKey: ['flows'] })
      return true
    } catch (refused) {
      setError(refused)
      return false
    } finally {
      setSaving(false)
    }
  }
  const discard = () => {
    setEdited(undefined)
    setError(undefined)
    void stored.refetch()
  }
  return {
    ...{ stored, routes, change, save, discard, saving, error },
    isDirty: edited !== undefined,
    isConflict: error instanceof ApiError && error.code === 'CONFLICT',
  }
}
