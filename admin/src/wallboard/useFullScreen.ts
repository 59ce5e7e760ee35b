import { useEffect, useState } from 'react'
import type { RefObject } from 'react'

export function useFullScreen(box: RefObject<HTMLElement | null>) {
  const [full, setFull] = useState(false)
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', changed)
    return () => document.removeEventListener('fullscreenchange', changed)
  }, [])
  const toggle = () => {
    const done = full ? document.exitFullscreen() : box.current?.requestFullscreen()
    // refused by the browser (a frame, a kiosk): the page simply stays as it is
    done?.catch(() => undefined)
  }
  return { full, toggle }
}
