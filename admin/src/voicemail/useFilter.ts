import { useAddressFilter } from '../records/useAddressFilter.ts'

export type View = 'open' | 'new' | 'done'
export interface Filter {
  view: View
  mailbox?: string
  mine: boolean
}
type Asked = ReturnType<typeof useAddressFilter<'view' | 'mailbox' | 'mine'>>[0]

/** @returns besides, the filter as the address has it */
export function useFilter(): [Filter, (change: Partial<Filter>) => void, Asked] {
  const [asked, ask] = useAddressFilter('/voicemail', ['view', 'mailbox', 'mine'] as const)
  const { view, mailbox, mine } = asked
  const filter: Filter = {
    view: view === 'new' || view === 'done' ? view : 'open',
    mine: mine === '1',
    ...(mailbox && { mailbox }),
  }
  const set = (change: Partial<Filter>) => {
    const next = { ...filter, ...change }
    ask({
      view: next.view === 'open' ? undefined : next.view,
      mailbox: next.mailbox,
      mine: next.mine ? '1' : undefined,
    })
  }
  return [filter, set, asked]
}
