import { useEffect, useState } from 'react'
import { runTrial } from './run.ts'
import type { Moment, RunOptions } from './run.ts'

export interface Run {
  moments: readonly Moment[]
  running: boolean
  /** the engine itself failed: a fault of ours, shown instead of hidden */
  error?: unknown
}

/** Runs whenever something changed; what a newer run overtakes is dropped. */
export function useRun(options: RunOptions | undefined): Run {
  const [run, setRun] = useState<Run>({ moments: [], running: true })
  const { doc, setup, inputs, others, world, queued } = options ?? {}
  useEffect(() => {
    if (!doc || !setup || !inputs || !others) return
    let stale = false
    setRun((before) => ({ ...before, running: true }))
    const given: RunOptions = {
      ...{ doc, setup, inputs, others },
      ...(world && { world }),
      ...(queued && { queued }),
      stale: () => stale,
    }
    runTrial(given)
      .then((moments) => !stale && setRun({ moments, running: false }))
      .catch((error: unknown) => !stale && setRun({ moments: [], running: false, error }))
    return () => {
      stale = true
    }
  }, [doc, setup, inputs, others, world, queued])
  return run
}
