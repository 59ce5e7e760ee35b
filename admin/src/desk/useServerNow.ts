import { useEffect, useState } from 'react'
import { useDeskState } from './useDesk.ts'

/** The server's clock, moving on every second (or `everyMs`): for countdowns and waiting times. */
export function useServerNow(everyMs = 1000): number {
  const skewMs = useDeskState((state) => state.clockSkewMs)
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs + skewMs
}
