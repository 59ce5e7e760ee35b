/** A store of its own for a test file: the embedded engine on a temporary folder, or a database of the server. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import mongoose from 'mongoose'
import { openStore } from '../../gateway/store/connection.ts'

export async function openTemporaryStore(): Promise<{ close(): Promise<void> }> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'yilu-test-'))
  const store = await openStore({
    mongodbUri: process.env.MONGODB_URI,
    dataDir,
    database: path.basename(dataDir),
  })
  await store.createIndexes()
  return {
    async close() {
      await mongoose.connection.db!.dropDatabase()
      await store.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
