import { useEffect, useState } from 'react'
import { EVERY_MS, loadSamples, saveSamples, withSample } from './samples.ts'
import type { Sample } from './samples.ts'

/** Looks at `waiting` every few seconds and at once when it changes. */
export function useSamples(waiting: number): Sample[] {
  const [samples, setSamples] = useState(() => loadSamples(sessionStorage))
  useEffect(() => {
    const look = () =>
      setSamples((held) => {
        const next = withSample(held, { atMs: Date.now(), waiting })
        saveSamples(sessionStorage, next)
        return next
      })
    look()
    const timer = setInterval(look, EVERY_MS)
    return () => clearInterval(timer)
  }, [waiting])
  return samples
}
