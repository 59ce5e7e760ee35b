import { useEffect, useState } from 'react'
import type { RefObject } from 'react'

/** Is this part of the page looked at? A tab that was left stays mounted, hidden. */
export function useShown(of: RefObject<HTMLElement | null>): boolean {
  const [shown, setShown] = useState(true)
  useEffect(() => {
    if (!of.current) return
    const observer = new IntersectionObserver(([entry]) => setShown(entry!.isIntersecting))
    observer.observe(of.current)
    return () => observer.disconnect()
  }, [of])
  return shown
}
