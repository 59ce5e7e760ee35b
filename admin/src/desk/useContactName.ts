import { useCallback } from 'react'
import type { ConversationCard } from '../../../gateway/desk/protocol.ts'
import { useT } from '../i18n/index.ts'

/** Visitors who have not told their name still need one to be told apart by. */
export function useContactName(): (card: Pick<ConversationCard, 'contact'>) => string {
  const t = useT('desk')
  return useCallback(
    ({ contact }) => contact.name ?? t('nameless', { id: contact.id.slice(-4).toUpperCase() }),
    [t],
  )
}
