import { navigate, useRoute } from '../router.tsx'

export type View = 'waiting' | 'dead' | 'unhandled'
export const views: View[] = ['dead', 'waiting', 'unhandled']

export interface Filter {
  view: View
  accountId: string
}

/** The filter lives in the address, so that a link to a list can be sent and Back works. */
export function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const { query, segments } = useRoute()
  const filter: Filter = {
    view: views.find((view) => view === segments[1]) ?? 'dead',
    accountId: query.get('account') ?? '',
  }
  return [
    filter,
    (change) => {
      const { view, accountId } = { ...filter, ...change }
      const search = accountId && `?${new URLSearchParams({ account: accountId }).toString()}`
      navigate(`/delivery/${view}${search}`, { replace: true })
    },
  ]
}
