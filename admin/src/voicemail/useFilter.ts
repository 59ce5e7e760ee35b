import { navigate, useRoute } from '../router.tsx'

export type View = 'open' | 'new' | 'done'
export interface Filter {
  view: View
  mailbox?: string
  mine: boolean
}

/** The filter lives in the address, so that a link to a list can be sent and Back works. */
export function useFilter(): [
  Filter,
  (change: Partial<Filter>) => void,
  openId: string | undefined,
] {
  const { query, segments } = useRoute()
  const view = query.get('view')
  const mailbox = query.get('mailbox')
  const filter: Filter = {
    view: view === 'new' || view === 'done' ? view : 'open',
    mine: query.get('mine') === '1',
    ...(mailbox && { mailbox }),
  }
  const set = (change: Partial<Filter>) =>
    navigate(`/voicemail${searchOf({ ...filter, ...change })}`, { replace: true })
  return [filter, set, segments[1]]
}

export function searchOf({ view, mailbox, mine }: Filter): string {
  const search = new URLSearchParams({
    ...(view !== 'open' && { view }),
    ...(mailbox && { mailbox }),
    ...(mine && { mine: '1' }),
  }).toString()
  return search && `?${search}`
}
