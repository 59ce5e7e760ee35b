import { useQuery } from '@tanstack/react-query'
import { keyOf } from './keyOf.ts'
import type { UseQueryResult } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import type { Query } from '../api/client.ts'

interface Options {
  enabled?: boolean
  /** asks again by itself, for what changes without anybody here doing anything */
  everyMs?: number
}

/** One address of the API, kept under its own name so that a saved change can refresh what shows it. */
export function useItems<T>(
  path: string,
  query: Query = {},
  { enabled = true, everyMs }: Options = {},
): UseQueryResult<T[]> {
  return useQuery({
    queryKey: [keyOf(path), 'items', query],
    queryFn: async () => (await api.get<{ items: T[] }>(path, query)).items,
    enabled,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
    // a search in progress keeps the last hits in sight instead of flashing empty
    placeholderData: (previous) => previous,
  })
}
