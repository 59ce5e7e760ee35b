import { useEffect } from 'react'
import type { RefObject } from 'react'

/** Parts of the desk in their order, and where the focus goes in each, best first. */
const parts: { within: string; places: string[] }[] = [
  { within: '.desk-head', places: ['[role=tab][aria-selected=true]'] },
  {
    within: '.editor-frame',
    places: [
      '.outline [tabindex="0"]',
      '.react-flow__node.selected',
      '.react-flow__node',
      '.flow-side-empty button',
      '.canvas',
    ],
  },
  { within: '.desk-page', places: ['button, a[href], input, textarea, [tabindex="0"]'] },
  { within: '.flow-side', places: ['[role=tab][aria-selected=true]', 'button'] },
]

/** F6 goes on to the next part of the desk, Shift F6 back: nobody has to tab through a whole form to leave it. */
export function usePartKeys(desk: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return
      const from = document.activeElement
      // a dialog is left by its own buttons
      if (from !== document.body && !desk.current?.contains(from)) return
      // the panel is inside of the frame, so the last is the innermost
      const within = parts.findLastIndex((part) => from?.closest(part.within))
      const now = within >= 0 ? within : event.shiftKey ? 1 : 0
      const target = [1, 2, 3]
        .map((away) => parts.at((now + (event.shiftKey ? -away : away)) % parts.length)!)
        .flatMap((part) => part.places.map((place) => `${part.within} :is(${place})`))
        .map((place) => desk.current?.querySelector<HTMLElement>(place))
        .find((place) => place && place.offsetParent !== null)
      if (!target) return
      event.preventDefault()
      target.focus()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [desk])
}
