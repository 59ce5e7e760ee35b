import { useEffect } from 'preact/hooks'

const FOCUSABLE =
  'a[href],button:not([disabled]),textarea,audio[controls],video[controls],[tabindex="0"]'

/** Tab stays within the dialog while it is open; Esc leaves it. */
export function useDialogKeys(active: boolean, onEscape: (() => void) | undefined) {
  useEffect(() => {
    if (!active) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) onEscape?.()
      if (event.key !== 'Tab') return
      const all = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
        (element) => element.offsetParent !== null,
      )
      const edge = event.shiftKey ? all[0] : all.at(-1)
      const other = event.shiftKey ? all.at(-1) : all[0]
      if (document.activeElement !== edge && document.activeElement !== document.body) return
      event.preventDefault()
      other?.focus()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [active, onEscape])
}
