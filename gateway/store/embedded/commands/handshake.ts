import { MAX_DOCUMENT_BYTES } from '../value.ts'
import { MAX_MESSAGE_BYTES } from '../wire.ts'
import type { Handler } from './command.ts'

/**
 * Presented to clients: a standalone server of this version (wire version 21 is 7.0). A driver then uses
 * sessions, but neither transactions nor retryable writes, which need a replica set.
 */
const VERSION = '7.0.0'
const MAX_WIRE_VERSION = 21
export const MAX_BATCH = 100_000

export const hello: Handler = ({ connectionId }) => ({
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  maxMessageSizeBytes: MAX_MESSAGE_BYTES,
  maxWriteBatchSize: MAX_BATCH,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId,
  minWireVersion: 0,
  maxWireVersion: MAX_WIRE_VERSION,
  readOnly: false,
})

export const ping: Handler = () => ({})

export const buildInfo: Handler = () => ({
  version: VERSION,
  versionArray: [7, 0, 0, 0],
  gitVersion: 'embedded engine of Yilu, not MongoDB',
  modules: [],
  bits: 64,
  debug: false,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  storageEngines: ['lmdb'],
})

export const connectionStatus: Handler = () => ({
  authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
})

/** Sessions hold nothing here: there are no transactions. */
export const endSessions: Handler = () => ({})

export const serverStatus: Handler = ({ engine }) => ({
  host: 'embedded',
  version: VERSION,
  process: 'engine',
  pid: process.pid,
  uptime: (Date.now() - engine.startedAtMs) / 1000,
  localTime: new Date(),
  connections: { current: engine.connections },
  opcounters: Object.fromEntries(engine.served),
  metrics: { cursor: { open: { total: engine.cursors.size } } },
  mem: { resident: Math.round(process.memoryUsage.rss() / 1024 / 1024) },
  storageEngine: { name: 'lmdb', persistent: true },
})
