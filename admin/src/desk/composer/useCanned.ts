import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { CannedReplyView } from '../../../../gateway/desk/schema.ts'
import { api } from '../../api/client.ts'
import { cannedQuery, findCanned } from './canned.ts'

export interface Canned {
  open: boolean
  found: CannedReplyView[]
  /** nothing is stored at all, as opposed to nothing found */
  none: boolean
  active: number
  activeId: string | undefined
  pick(reply: CannedReplyView): void
  /** true when the key was for the list */
  press(event: KeyboardEvent): boolean
}

/** The list of canned replies while the draft begins with a slash. */
export function useCanned(draft: string, onPick: (reply: CannedReplyView) => void): Canned {
  const query = cannedQuery(draft)
  const [closedAt, setClosedAt] = useState<string>()
  const [chosen, setChosen] = useState({ query: '', index: 0 })
  const { data } = useQuery({
    queryKey: ['canned-replies'],
    queryFn: () => api.get<{ items: CannedReplyView[] }>('/canned-replies'),
    enabled: query !== undefined,
    staleTime: 60_000,
  })
  const found = query === undefined ? [] : findCanned(data?.items ?? [], query)
  const open = query !== undefined && draft !== closedAt && data !== undefined
  const active = chosen.query === query ? Math.min(chosen.index, found.length - 1) : 0

  function press(event: KeyboardEvent): boolean {
    if (!open) return false
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (move && found.length > 0) {
      setChosen({ query: query ?? '', index: (active + move + found.length) % found.length })
    } else if (event.key === 'Escape') {
      setClosedAt(draft)
    } else if ((event.key === 'Enter' || event.key === 'Tab') && found[active]) {
      onPick(found[active])
    } else return false
    event.preventDefault()
    return true
  }

  return {
    open,
    found,
    none: data?.items.length === 0,
    active,
    activeId: found[active] && `canned-${found[active].id}`,
    pick: onPick,
    press,
  }
}
