import { searchOf } from '../records/useAddressFilter.ts'
import { navigate, useRoute } from '../router.tsx'

export type View = 'waiting' | 'dead' | 'unhandled'
export const views: View[] = ['dead', 'waiting', 'unhandled']

export interface Filter {
  view: View
  accountId: string
}

/** The view is part of the path, the account of what is searched for. */
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
      navigate(`/delivery/${view}${searchOf({ account: accountId })}`, { replace: true })
    },
  ]
}
