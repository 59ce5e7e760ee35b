import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { launchEngine } from '../../../gateway/store/embedded/launch.ts'

export type Client = mongoose.mongo.MongoClient
export type Db = mongoose.mongo.Db
export type Collection = mongoose.mongo.Collection

/** Set to run the conformance tests against a MongoDB server instead of the embedded engine. */
export const REAL_SERVER = process.env.MONGODB_URI

export interface TestDatabase {
  uri: string
  client: Client
  db: Db
  /** a collection no other test uses */
  fresh(): Collection
  close(): Promise<void>
}

/** A database of its own for a test file, spoken to by the unmodified driver. */
export async function openDatabase(
  options: { ttlIntervalMs?: number } = {},
): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yilu-store-'))
  const engine = REAL_SERVER ? null : await launchEngine({ dataDir, ...options })
  const uri = REAL_SERVER ?? engine!.uri
  const client = new mongoose.mongo.MongoClient(uri, { maxPoolSize: 60 })
  await client.connect()
  const db = client.db(`yilu_test_${process.pid}_${Date.now().toString(36)}`)
  let used = 0
  return {
    uri,
    client,
    db,
    fresh: () => db.collection(`c${++used}`),
    async close() {
      await db.dropDatabase()
      await client.close()
      await engine?.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export interface ServerError extends Error {
  code: number
  codeName?: string
  keyPattern?: Record<string, number>
  keyValue?: Record<string, unknown>
}

/** The error a promise is rejected with; fails if it is not. */
export async function errorOf(promise: Promise<unknown>): Promise<ServerError> {
  let result: unknown
  try {
    result = await promise
  } catch (error) {
    return error as ServerError
  }
  throw new Error(`expected an error, got ${JSON.stringify(result)}`)
}
