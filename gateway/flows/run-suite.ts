/** Runs a flow's own tests beside the event loop, one suite at a time, and never for longer than allowed. */
import { Worker } from 'node:worker_threads'
import type { SuiteReport } from '../../bots/flow/run-tests.ts'
import type { FlowDoc } from '../../bots/flow/schema.ts'

/** A thousand turns take a tenth of this (npm run bench -- flow); a suite that takes longer goes round in circles. */
const LIMIT_MS = 20_000
/** far above what the sample's suites need (40 MB); a test that grows without end stops here */
const HEAP_MB = 256

/** `slow`: stopped after the limit; `broken`: the engine itself failed on them */
export type SuiteOutcome =
  | { state: 'none' }
  | { state: 'passed' | 'failed'; report: SuiteReport }
  | { state: 'slow' }
  | { state: 'broken'; why: string }

let last: Promise<unknown> = Promise.resolve()

/** @param others the flows it calls, as they are to be played */
export function runSuite(
  doc: FlowDoc,
  others: FlowDoc[],
  limitMs = LIMIT_MS,
): Promise<SuiteOutcome> {
  if (!doc.tests?.length) return Promise.resolve({ state: 'none' })
  const outcome = last.then(() => inThread(doc, others, limitMs))
  last = outcome
  return outcome
}

async function inThread(doc: FlowDoc, others: FlowDoc[], limitMs: number): Promise<SuiteOutcome> {
  const worker = new Worker(entry(), {
    workerData: { doc, others },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<SuiteOutcome>((resolve) => {
      worker.on('message', (told: 'ready' | SuiteReport) => {
        if (told === 'ready') timer = setTimeout(() => resolve({ state: 'slow' }), limitMs)
        else resolve({ state: told.ok ? 'passed' : 'failed', report: told })
      })
      worker.once('error', ({ message }) => resolve({ state: 'broken', why: message }))
      worker.once('exit', () => resolve({ state: 'broken', why: 'the thread ended' }))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/** In production this file is part of a bundle, and the thread's lies beside it. */
const entry = () =>
  new URL(
    import.meta.url.endsWith('.ts') ? './tests-worker-from-source.mjs' : './flow-tests-worker.js',
    import.meta.url,
  )
