import { useQuery } from '@tanstack/react-query'
import { keyOf } from './keyOf.ts'
import type { UseQueryResult } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import type { Query } from '../api/client.ts'

/** One address of the API, kept under its own name so that a saved change can refresh what shows it. */
export function useItems<T>(path: string, query: Query = {}, enabled = true): UseQueryResult<T[]> {
  return useQuery({
    queryKey: [keyOf(path), 'items', query],
    queryFn: async () => (await api.get<{ items: T[] }>(path, query)).items,
    enabled,
    // a search in progress keeps the last hits in sight instead of flashing empty
    placeholderData: (previous) => previous,
  })
}
