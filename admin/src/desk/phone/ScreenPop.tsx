import { useEffect } from 'react'
import { navigate } from '../../router.tsx'
import { useDesk, useDeskState } from '../useDesk.ts'
import { myCall } from './myCall.ts'
import { ringingFor } from './ringingFor.ts'

/**
 * The caller's conversation comes on screen while it rings, so that who and why is read before the first
 * word. Not while one talks or writes: then the inbox shows it.
 */
export function ScreenPop() {
  const desk = useDesk()
  const ringing = useDeskState((state) => ringingFor(state)?.id)
  useEffect(() => {
    if (!ringing || myCall(desk.state)) return
    const writing = document.activeElement?.matches('input, textarea, [contenteditable]')
    const dialog = document.querySelector('[role="dialog"]')
    const draft = (document.getElementById('composer') as HTMLTextAreaElement | null)?.value
    if ((writing && draft !== '') || dialog) return
    navigate(`/desk/${ringing}`)
  }, [desk, ringing])
  return null
}
