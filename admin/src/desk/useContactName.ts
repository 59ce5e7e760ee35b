import { useCallback } from 'react'
import type { ConversationCard } from '../../../gateway/desk/protocol.ts'
import { useT } from '../i18n/index.ts'
import { useDeskState } from './useDesk.ts'

type Named = Pick<ConversationCard, 'contact'> & Partial<Pick<ConversationCard, 'id'>>

/** Who has not told a name still needs one to be told apart by: the number they call from, or their id. */
export function useContactName(): (card: Named) => string {
  const t = useT('desk')
  const calls = useDeskState((state) => state.calls)
  return useCallback(
    ({ id = '', contact }) =>
      contact.name ??
      calls[id]?.number ??
      t('nameless', { id: contact.id.slice(-4).toUpperCase() }),
    [t, calls],
  )
}
