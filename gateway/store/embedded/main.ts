import { parseArgs } from 'node:util'
import { FolderInUse } from './owner.ts'
import { startServer } from './server.ts'
import { Storage } from './storage.ts'

/**
 * The engine's own process: `node engine.js --socket PATH --data FOLDER`. It says `{ready: true}` to its
 * parent, if it has one, and ends when told to or when the parent is gone. Exit code 1: it could not
 * start; 70: a commit failed, and what is in memory can no longer be trusted.
 */
const { values } = parseArgs({
  options: {
    socket: { type: 'string' },
    data: { type: 'string' },
    'ttl-interval-ms': { type: 'string', default: '5000' },
  },
})

function fail(code: number, error: unknown): never {
  process.stderr.write(
    `embedded engine: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exit(code)
}

if (!values.socket || !values.data) fail(1, new Error('--socket and --data are needed'))

// Ctrl-C reaches the whole process group; the parent still needs the engine to end in good order
process.on('SIGINT', () => undefined)

/**
 * The engine of a parent that was killed a moment ago answers what it had been asked before it ends. It is
 * no child of ours, so all we can do is look again.
 */
const PREDECESSOR_MS = 5_000
const LOOK_AGAIN_MS = 50

async function openStorage(folder: string): Promise<Storage> {
  const deadline = Date.now() + PREDECESSOR_MS
  for (;;) {
    try {
      return new Storage(folder, (error) => fail(70, error))
    } catch (error) {
      if (!(error instanceof FolderInUse) || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
    }
  }
}

try {
  const storage = await openStorage(values.data)
  const server = await startServer(storage, values.socket, Number(values['ttl-interval-ms']))
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await server.close()
    await storage.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('disconnect', () => void stop())
  process.send?.({ ready: true })
} catch (error) {
  fail(1, error)
}
