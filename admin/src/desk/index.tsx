import { useEffect, useMemo, useState } from 'react'
import { useRoute } from '../router.tsx'
import { ConversationView } from './ConversationView.tsx'
import { Inbox } from './inbox/Inbox.tsx'
import { NothingChosen } from './NothingChosen.tsx'
import { Side } from './side/Side.tsx'
import { useDesk, useDeskState, useMaybeDesk } from './useDesk.ts'
import { DialogContext } from './actions/useDialog.ts'
import type { DialogName } from './actions/useDialog.ts'
import { DeskKeys } from './keys/DeskKeys.tsx'
import { PhoneTest } from './phone/PhoneTest.tsx'
import { ScreenPop } from './phone/ScreenPop.tsx'
import { useMaybePhone } from './phone/usePhone.ts'
import { NotConnected } from './status/NotConnected.tsx'
import './desk.css'

/** The desk: inbox, conversation, and what is known about the contact. `#/desk/<conversation>` */
export default function DeskPage() {
  const desk = useMaybeDesk()
  const arrived = useDeskState((state) => state.me !== undefined)
  const phone = useMaybePhone()
  const { segments } = useRoute()
  if (!desk || !phone || !arrived) return <NotConnected />
  return segments[1] === 'phone-test' ? <PhoneTest /> : <Columns />
}

function Columns() {
  const { segments } = useRoute()
  const desk = useDesk()
  const chosen = segments[1]
  const card = useDeskState((state) => (chosen ? state.cards[chosen] : undefined))
  const departed = useDeskState((state) => (chosen ? state.departed[chosen] : undefined))
  const [sideOpen, setSideOpen] = useState(false)
  const [open, show] = useState<DialogName>()
  const dialogs = useMemo(() => ({ open, show }), [open])

  const inSight = card !== undefined
  useEffect(() => {
    desk.select(chosen)
  }, [desk, chosen, inSight])
  useEffect(() => () => desk.select(undefined), [desk])

  const shown = card ?? departed?.card
  const view = useMemo(
    () => (shown && { card: shown, gone: card ? undefined : departed?.why }) || undefined,
    [shown, card, departed],
  )

  return (
    <DialogContext value={dialogs}>
      <div className={`desk${view ? ' desk-chosen' : ''}${sideOpen ? ' desk-side-open' : ''}`}>
        <Inbox chosen={view?.card.id} />
        {view ? (
          <>
            <ConversationView
              key={view.card.id}
              card={view.card}
              gone={view.gone}
              onDetails={() => setSideOpen((open) => !open)}
            />
            <Side
              key={`side-${view.card.id}`}
              card={view.card}
              onClose={() => setSideOpen(false)}
            />
          </>
        ) : (
          <NothingChosen />
        )}
        <ScreenPop />
        <DeskKeys chosen={view && !view.gone ? view.card : undefined} />
      </div>
    </DialogContext>
  )
}
