import { useInfiniteQuery } from '@tanstack/react-query'
import type { VoicemailView } from '../../../gateway/voicemail/schema.ts'
import { api } from '../api/client.ts'
import type { Query } from '../api/client.ts'

const PAGE = 50

/** Voicemails newest first, a page more at a time; `useSummary` asks again when something happens. */
export function useVoicemails(query: Query) {
  const pages = useInfiniteQuery({
    queryKey: ['voicemails', 'pages', query],
    queryFn: async ({ pageParam }) =>
      (
        await api.get<{ items: VoicemailView[] }>('/voicemails', {
          ...query,
          limit: PAGE,
          beforeMs: pageParam,
        })
      ).items,
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.leftAtMs),
    placeholderData: (previous) => previous,
  })
  return { ...pages, data: pages.data?.pages.flat() }
}
