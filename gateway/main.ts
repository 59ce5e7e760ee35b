/** The process: reads the environment, starts the product, ends it cleanly. */
import { readFileSync } from 'node:fs'
import { printBanner } from './banner.ts'
import { readConfig } from './config.ts'
import { createLog } from './log.ts'
import { openStore } from './store/connection.ts'

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string }

const config = readConfig(process.env)
const log = createLog(config.logLevel)

// a fault nobody foresaw must not take the calls and chats of everybody else with it
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))

try {
  // the store starts in its own process while this one still loads the rest
  const store = openStore({
    mongodbUri: config.mongodbUri,
    dataDir: config.dataDir,
    database: config.database,
    onEngineRestart: (exit) =>
      log.error({ exit }, 'the embedded engine ended and was started again'),
  })
  // a failure is reported below, where it is awaited
  store.catch(() => undefined)
  const { startProduct } = await import('./product.ts')
  const product = await startProduct(config, await store, log, version)
  printBanner(product, Math.round(performance.now()))
  // a test or a supervisor that started us hears it without reading the screen
  const { url, credentials, telephone } = product
  process.send?.({ ready: true, url, credentials, sip: telephone.listening })
  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    product.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stop failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('SIGTERM', () => stop('SIGTERM'))
  // a supervisor or a test that started us and is gone must not leave us behind
  process.on('disconnect', () => stop('disconnect'))
} catch (error) {
  log.fatal({ err: error }, 'could not start')
  process.exit(1)
}
