/** Entry of a media worker thread (dist/media-worker.js). */
import { parentPort, workerData } from 'node:worker_threads'
import type { ToWorker, WorkerSettings } from './messages.ts'
import { WorkerHost } from './worker-host.ts'

const port = parentPort!
const host = new WorkerHost(workerData as WorkerSettings, (message, transfer) =>
  port.postMessage(message, transfer ?? []),
)
port.on('message', (message: ToWorker) => host.receive(message))
port.postMessage({ kind: 'ready' })
