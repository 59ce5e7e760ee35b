import { useEffect, useState } from 'react'

/** The time, moving on by itself: due dates turn amber while somebody looks at them. */
export function useNow(everyMs = 30_000): number {
  const [nowMs, tick] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}
