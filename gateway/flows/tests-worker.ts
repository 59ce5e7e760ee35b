/** Plays a flow's own tests in a thread of its own: the main one carries calls, and a suite may be long. */
import { parentPort, workerData } from 'node:worker_threads'
import { runTests } from '../../bots/flow/run-tests.ts'
import type { FlowDoc } from '../../bots/flow/schema.ts'

const { doc, others } = workerData as { doc: FlowDoc; others: FlowDoc[] }
// loaded: on a busy machine that alone takes seconds, and is no fault of the tests
parentPort!.postMessage('ready')
parentPort!.postMessage(runTests(doc, others))
