import { useQuery } from '@tanstack/react-query'
import type { ContactView } from '../../../../gateway/contacts/schema.ts'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { api } from '../../api/client.ts'
import { useContactName } from '../useContactName.ts'
import { DialDialog } from './DialDialog.tsx'

interface Props {
  card: ConversationCard
  onClose(): void
}

/** Calls the contact of this conversation, which goes on in it; the number is theirs where it is known. */
export function CallContactDialog({ card, onClose }: Props) {
  const contactName = useContactName()
  const contact = useQuery({
    queryKey: ['contact', card.contact.id],
    queryFn: () => api.get<ContactView>(`/contacts/${card.contact.id}`),
  })
  if (contact.isPending) return null
  const { phone, identities = [] } = contact.data ?? {}
  const known = identities.flatMap(({ kind, value }) => (kind === 'phone' ? [value] : []))
  // the one they asked to be called on comes first
  const numbers = [card.callback?.number, phone, ...known].filter((each) => each !== undefined)
  return (
    <DialDialog
      name={contactName(card)}
      numbers={[...new Set(numbers)]}
      conversationId={card.id}
      onClose={onClose}
    />
  )
}
