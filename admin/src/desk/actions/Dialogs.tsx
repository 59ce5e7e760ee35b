import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { CallContactDialog } from '../phone/CallContactDialog.tsx'
import { PassOnDialog } from '../phone/PassOnDialog.tsx'
import { PlayDialog } from '../phone/PlayDialog.tsx'
import { ExplainDialog } from './ExplainDialog.tsx'
import { TicketDialog } from './TicketDialog.tsx'
import { TransferDialog } from './TransferDialog.tsx'
import { useDialog } from './useDialog.ts'
import { WriteDialog } from './WriteDialog.tsx'

const writes = { write: undefined, writeSms: 'sms', writeEmail: 'email' } as const

/** The dialogs about one conversation. */
export function Dialogs({ card }: { card: ConversationCard }) {
  const { open, show } = useDialog()
  const close = () => show(undefined)
  return (
    <>
      {open === 'transfer' && <TransferDialog card={card} onClose={close} />}
      {open === 'ticket' && <TicketDialog card={card} onClose={close} />}
      {open === 'passOn' && <PassOnDialog card={card} onClose={close} />}
      {open === 'playTo' && <PlayDialog card={card} onClose={close} />}
      {open === 'callContact' && <CallContactDialog card={card} onClose={close} />}
      {(open === 'write' || open === 'writeSms' || open === 'writeEmail') && (
        <WriteDialog
          contactId={card.contact.id}
          conversationId={card.id}
          channel={writes[open]}
          onClose={close}
        />
      )}
      {open === 'explain' && <ExplainDialog card={card} onClose={close} />}
    </>
  )
}
