import { useEffect } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { navigate } from '../../router.tsx'
import { useSession } from '../../session/useSession.ts'
import { useDeskActions } from '../actions/useDeskActions.ts'
import { useDialog } from '../actions/useDialog.ts'
import { sectionOf, sections, walk } from '../inbox/sections.ts'
import { DialDialog } from '../phone/DialDialog.tsx'
import { isLive } from '../phone/parties.ts'
import { useDesk } from '../useDesk.ts'
import { KeysDialog } from './KeysDialog.tsx'
import { neighbour, shortcutOf } from './shortcuts.ts'
import type { Shortcut } from './shortcuts.ts'

/** Listens to the shortcuts while the desk is on screen. */
export function DeskKeys({ chosen }: { chosen: ConversationCard | undefined }) {
  const desk = useDesk()
  const { me } = useSession()
  const { open, show } = useDialog()
  const { accept, decline, finish } = useDeskActions()

  useEffect(() => {
    const all = () => sections(desk.state.cards, me.id)
    const section = chosen && sectionOf(chosen, me.id)
    const walkTo = (step: 1 | -1) => {
      const to = neighbour(walk(all()), chosen?.id, step)
      if (to) navigate(`/desk/${to}`)
    }
    const does: Record<Shortcut, () => void> = {
      help: () => show('keys'),
      accept: () => {
        const [first] = all().offered
        if (first) void accept(first)
      },
      decline: () => {
        const [first] = all().offered
        if (first) void decline(first)
      },
      next: () => walkTo(1),
      previous: () => walkTo(-1),
      composer: () => document.getElementById('composer')?.focus(),
      note: () => document.getElementById('composer-mode')?.click(),
      transfer: () =>
        section === 'mine' &&
        show(chosen && isLive(desk.state.calls[chosen.id]) ? 'passOn' : 'transfer'),
      ticket: () => (section === 'mine' || section === 'wrapUp') && show('ticket'),
      finish: () => {
        // a caller is not hung up on by the key that closes chats
        if (chosen && section === 'mine' && !isLive(desk.state.calls[chosen.id]))
          void finish(chosen)
        if (section === 'wrapUp') document.getElementById('wrapup-done')?.click()
      },
      mute: () => document.getElementById('call-mute')?.click(),
      hold: () => document.getElementById('call-hold')?.click(),
      keypad: () => document.getElementById('call-keypad')?.click(),
      hangUp: () => document.getElementById('call-hangup')?.click(),
      dial: () => show('dial'),
    }
    function press(event: KeyboardEvent) {
      const target = event.target instanceof HTMLElement ? event.target : undefined
      const inText = target?.matches('input, textarea, select, [contenteditable]') ?? false
      const shortcut = shortcutOf({
        code: event.code,
        key: event.key,
        altKey: event.altKey,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        inText,
      })
      // a dialog has the keyboard to itself
      if (!shortcut || open) return
      event.preventDefault()
      does[shortcut]()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [desk, me.id, chosen, open, show, accept, decline, finish])

  const close = () => show(undefined)
  if (open === 'keys') return <KeysDialog onClose={close} />
  return open === 'dial' ? <DialDialog onClose={close} /> : null
}
