/** One mongoose connection: to the server of MONGODB_URI, or to the embedded engine this process starts. */
import path from 'node:path'
import mongoose from 'mongoose'
import { launchEngine } from './embedded/launch.ts'

export interface Store {
  /** 'mongodb' or 'embedded' */
  kind: 'mongodb' | 'embedded'
  /** process id of the engine, when there is one */
  enginePid?: number
  /** for every model that is registered by now */
  createIndexes(): Promise<void>
  /** throws when the store does not answer in time */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface StoreOptions {
  mongodbUri?: string
  dataDir: string
  database?: string
  /** the engine ended by itself; it is started again before this is called */
  onEngineRestart?: (exit: string) => void
}

/** Whoever asks whether we are ready waits no longer. */
const PING_WITHIN_MS = 2000

/**
 * Connects, starting the embedded engine where no server is named. Models are declared with
 * `mongoose.model` in the `model.ts` files; importing them registers them.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  // an unknown field in a filter must never widen the match
  mongoose.set('strictQuery', 'throw')
  const clientOptions = {
    dbName: options.database ?? 'yilu',
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: 10_000,
    maxPoolSize: 50,
  }
  if (options.mongodbUri) {
    await mongoose.connect(options.mongodbUri, { ...clientOptions, w: 'majority' })
    return { kind: 'mongodb', createIndexes, ping, close: () => mongoose.disconnect() }
  }

  const dataDir = path.join(options.dataDir, 'store')
  let closing = false
  let engine = await launchEngine({ dataDir })
  const watch = () =>
    engine.onExit((exit) => {
      if (closing) return
      // same folder, same socket: the driver reconnects by itself; what was acknowledged is on disk
      void launchEngine({ dataDir }).then((next) => {
        engine = next
        watch()
        options.onEngineRestart?.(String(exit.signal ?? exit.code))
      })
    })
  watch()
  await mongoose.connect(engine.uri, clientOptions)
  return {
    kind: 'embedded',
    get enginePid() {
      return engine.pid
    },
    createIndexes,
    ping,
    async close() {
      closing = true
      await mongoose.disconnect()
      await engine.stop()
    },
  }
}

async function ping(): Promise<void> {
  const asked = mongoose.connection.db!.command({ ping: 1 })
  let timer: NodeJS.Timeout | undefined
  // not the driver's own limit: with a server that is there and silent it took 37 s to see it
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the store is silent')), PING_WITHIN_MS)
  })
  asked.catch(() => undefined)
  await Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

async function createIndexes(): Promise<void> {
  await Promise.all(Object.values(mongoose.models).map((model) => model.createIndexes()))
}
