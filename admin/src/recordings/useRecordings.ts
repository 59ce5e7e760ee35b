import { useInfiniteQuery } from '@tanstack/react-query'
import type { RecordingView } from '../../../gateway/recordings/schema.ts'
import { api } from '../api/client.ts'
import type { Query } from '../api/client.ts'

const PAGE = 50

/** Recordings newest first, a page more at a time; the next page begins before the last one's beginning. */
export function useRecordings(query: Query) {
  const pages = useInfiniteQuery({
    queryKey: ['recordings', 'pages', query],
    queryFn: async ({ pageParam }) =>
      (
        await api.get<{ items: RecordingView[] }>('/recordings', {
          ...query,
          limit: PAGE,
          beforeMs: pageParam,
        })
      ).items,
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.startedAtMs),
    placeholderData: (previous) => previous,
  })
  return { ...pages, data: pages.data?.pages.flat() }
}
