import { useQuery } from '@tanstack/react-query'
import { keyOf } from './keyOf.ts'
import type { UseQueryResult } from '@tanstack/react-query'
import { api } from '../api/client.ts'

/** `/tickets` and an id; nothing is asked without an id. Kept under the list's name. */
export function useOne<T>(path: string, id: string | undefined): UseQueryResult<T> {
  return useQuery({
    queryKey: [keyOf(path), 'one', id],
    queryFn: () => api.get<T>(`${path}/${encodeURIComponent(id!)}`),
    enabled: id !== undefined,
  })
}
