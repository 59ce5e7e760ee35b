import { useCallback, useEffect, useRef, useState } from 'react'

/** Closer to the end than this still counts as being at the end. */
const NEAR_PX = 60

/** Keeps a scrolled frame at its end while its content grows, unless the reader has scrolled up. */
export function useStickyBottom(lastSeq: number) {
  const frame = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const stuck = useRef(true)
  const [pinned, setPinned] = useState(true)
  const [seenSeq, setSeenSeq] = useState(lastSeq)

  const toBottom = useCallback(() => {
    stuck.current = true
    setPinned(true)
    frame.current?.scrollTo({ top: frame.current.scrollHeight })
  }, [])

  useEffect(() => {
    const box = frame.current
    const inner = content.current
    if (!box || !inner) return
    // pictures load late and the composer grows: whatever changes the height, the end stays in view
    const resized = new ResizeObserver(() => {
      if (stuck.current) box.scrollTop = box.scrollHeight
    })
    resized.observe(inner)
    resized.observe(box)
    let lastTop = box.scrollTop
    const scrolled = () => {
      const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX
      // only a move upwards is the reader's: growing content leaves the end behind for a moment by itself
      const upwards = box.scrollTop < lastTop
      lastTop = box.scrollTop
      if (!near && !upwards) return
      stuck.current = near
      setPinned(near)
    }
    box.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      resized.disconnect()
      box.removeEventListener('scroll', scrolled)
    }
  }, [])

  if (pinned && seenSeq !== lastSeq) setSeenSeq(lastSeq)
  return { frame, content, pinned, below: Math.max(0, lastSeq - seenSeq), toBottom }
}
