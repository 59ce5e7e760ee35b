import { parentPort, workerData } from 'node:worker_threads'
import { YiluError } from '../errors.ts'
import type { FromThread, Given } from './bounded-threads.ts'

/** Inside a thread of `BoundedThreads`: does the one piece of work it was started for. */
export function answer<I>(
  work: (input: I) => Promise<{ value: unknown; transfer?: ArrayBuffer[] }>,
): void {
  const port = parentPort!
  const post = (message: FromThread, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer)
  work((workerData as Given<I>).input).then(
    ({ value, transfer }) => post({ value }, transfer),
    (error: unknown) => {
      if (error instanceof YiluError) post({ code: error.code, details: error.details })
      else post({ reason: error instanceof Error ? error.message : String(error) })
    },
  )
}
