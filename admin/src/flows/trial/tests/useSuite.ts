import { useEffect, useState } from 'react'
import { runTest } from '../../../../../bots/flow/run-tests.ts'
import type { TestReport } from '../../../../../bots/flow/run-tests.ts'
import type { FlowDoc } from '../../../../../bots/flow/schema.ts'

/** Results by the number of the test in the document as it can be tried. */
export type Results = ReadonlyMap<number, TestReport>

/** Runs all tests of the document whenever it changed; one after the other, so that the page stays responsive. */
export function useSuite(
  doc: FlowDoc | undefined,
  others: readonly FlowDoc[] | undefined,
): { results: Results; running: boolean; again(): void } {
  const [results, setResults] = useState<Results>(new Map())
  const [running, setRunning] = useState(false)
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (!doc || !others) return
    let stale = false
    const run = async () => {
      setRunning(true)
      const next = new Map<number, TestReport>()
      for (const [at, test] of (doc.tests ?? []).entries()) {
        await new Promise((resolve) => setTimeout(resolve))
        if (stale) return
        next.set(at, runTest(doc, test, others))
      }
      setResults(next)
      setRunning(false)
    }
    void run()
    return () => {
      stale = true
    }
  }, [doc, others, round])
  return { results, running, again: () => setRound((count) => count + 1) }
}
