/** Entry of a media worker thread (dist/media-worker.js). */
import { parentPort, workerData } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts'
import { WorkerHost } from './worker-host.ts'

const port = parentPort!
const post = (message: FromWorker, transfer: ArrayBuffer[] = []) =>
  port.postMessage(message, transfer)
const tell = (error: unknown) => {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  post({ kind: 'error', message, ...(stack && { stack }) })
}

// one browser's handshake that fails somewhere inside the library ends no other call
process.on('unhandledRejection', tell)
process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  tell(error)
  // a socket nobody listens to, e.g. ENETUNREACH on one of the library's: a lost packet. All else is a fault
  if (error.syscall !== 'send' && error.syscall !== 'bind') process.exit(1)
})

const host = new WorkerHost(workerData as WorkerSettings, post)
port.on('message', (message: ToWorker) => host.receive(message))
post({ kind: 'ready' })
// before the first agent's answer waits for it
setImmediate(() => {
  import('../webrtc/browser-peer.ts')
    .then(({ prepareBrowserPeers }) => prepareBrowserPeers())
    .catch(tell)
})
