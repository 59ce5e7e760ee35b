import { useInfiniteQuery } from '@tanstack/react-query'
import type { TicketView } from '../../../gateway/tickets/schema.ts'
import { api } from '../api/client.ts'
import type { Query } from '../api/client.ts'

const PAGE = 50

/** Tickets newest first, a page more at a time; the next page begins before the last one's creation. */
export function useTickets(filter: Query) {
  const pages = useInfiniteQuery({
    queryKey: ['tickets', 'pages', filter],
    queryFn: async ({ pageParam }) =>
      (
        await api.get<{ items: TicketView[] }>('/tickets', {
          ...filter,
          limit: PAGE,
          beforeMs: pageParam,
        })
      ).items,
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.createdAtMs),
    placeholderData: (previous) => previous,
  })
  return { ...pages, data: pages.data?.pages.flat() }
}
