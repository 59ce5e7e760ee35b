import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { keyOf } from '../records/keyOf.ts'

/** The request for the sound is on its way when playing begins; a moment later the server has written it down. */
const AFTER_MS = 1500

/** Asks again, a moment after it was called, for all that is kept under a path. */
export function useAskAgain(path: string): () => void {
  const queries = useQueryClient()
  const timer = useRef<number>(undefined)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  return () => {
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(
      () => void queries.invalidateQueries({ queryKey: [keyOf(path)] }),
      AFTER_MS,
    )
  }
}
