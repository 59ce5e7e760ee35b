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
  return (
    <DialDialog
      name={contactName(card)}
      number={phone ?? identities.find(({ kind }) => kind === 'phone')?.value}
      conversationId={card.id}
      onClose={onClose}
    />
  )
}
