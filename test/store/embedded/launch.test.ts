import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import mongoose from 'mongoose'
import type { EngineExit, LaunchedEngine } from '../../../gateway/store/embedded/launch.ts'
import { launchEngine } from '../../../gateway/store/embedded/launch.ts'
import { errorOf } from './database.ts'

describe('launching the engine', () => {
  const folders: string[] = []
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'yilu-launch-'))
    folders.push(made)
    return made
  }
  after(() => {
    for (const made of folders) rmSync(made, { recursive: true, force: true })
  })

  async function withClient<T>(
    engine: LaunchedEngine,
    work: (db: mongoose.mongo.Db) => Promise<T>,
  ) {
    // an engine that has been stopped is not waited for
    const client = await mongoose.mongo.MongoClient.connect(engine.uri, {
      serverSelectionTimeoutMS: 2000,
    })
    try {
      return await work(client.db('launch'))
    } finally {
      await client.close()
    }
  }

  it('finds its data again after it was stopped', async () => {
    const dataDir = folder()
    const first = await launchEngine({ dataDir })
    await withClient(first, async (db) => {
      await db.collection('a').createIndex({ k: 1 }, { unique: true })
      await db.collection('a').insertOne({ k: 1 })
    })
    await first.stop()
    const second = await launchEngine({ dataDir })
    const error = await withClient(second, async (db) => {
      expect(await db.collection('a').countDocuments({ k: 1 })).to.equal(1)
      return errorOf(db.collection('a').insertOne({ k: 1 }))
    })
    expect(error.code).to.equal(11000)
    await second.stop()
  })

  it('refuses a second engine on the same data, and says why', async () => {
    const dataDir = folder()
    const first = await launchEngine({ dataDir })
    const socketPath = join(folder(), 'other.sock')
    const error = await errorOf(launchEngine({ dataDir, socketPath }))
    expect(error.message).to.match(/data folder is in use by another engine/)
    await withClient(first, (db) => db.command({ ping: 1 }))
    await first.stop()
  })

  it('starts after a kill, over the socket that was left behind', async () => {
    const dataDir = folder()
    const first = await launchEngine({ dataDir })
    const exit = new Promise<EngineExit>((resolve) => first.onExit(resolve))
    process.kill(first.pid, 'SIGKILL')
    expect((await exit).signal).to.equal('SIGKILL')
    expect(existsSync(join(dataDir, 'engine.sock'))).to.equal(true)
    const second = await launchEngine({ dataDir })
    await withClient(second, (db) => db.command({ ping: 1 }))
    await second.stop()
  })

  it('takes a short socket path where the folder is too deep', async () => {
    const dataDir = join(folder(), 'x'.repeat(60), 'y'.repeat(60))
    const engine = await launchEngine({ dataDir })
    await withClient(engine, (db) => db.command({ ping: 1 }))
    await engine.stop()
  })

  it('finishes what was asked before it stops', async () => {
    const dataDir = folder()
    const first = await launchEngine({ dataDir })
    const acknowledged = await withClient(first, async (db) => {
      const writes = Array.from({ length: 200 }, (_, i) =>
        db.collection('a').insertOne({ _id: i as never }),
      )
      await writes[0]
      const stopped = first.stop()
      const results = await Promise.allSettled(writes)
      await stopped
      return results.flatMap((result, i) => (result.status === 'fulfilled' ? [i] : []))
    })
    const second = await launchEngine({ dataDir })
    const stored = await withClient(second, (db) => db.collection('a').distinct('_id'))
    expect(stored).to.include.members(acknowledged)
    await second.stop()
  })

  it('ends with its parent', async () => {
    const dataDir = folder()
    // inside the repository, so that tsx is found
    const parent = join(import.meta.dirname, `parent-${process.pid}.mts`)
    const launch = new URL('../../../gateway/store/embedded/launch.ts', import.meta.url).href
    writeFileSync(
      parent,
      `import { launchEngine } from '${launch}'
       const engine = await launchEngine({ dataDir: ${JSON.stringify(dataDir)} })
       process.send(engine.pid)`,
    )
    after(() => rmSync(parent, { force: true }))
    const child = fork(parent, { execArgv: ['--import', 'tsx'] })
    const pid = await new Promise<number>((resolve) =>
      child.once('message', (sent) => resolve(Number(sent))),
    )
    child.kill('SIGKILL')
    const alive = () => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }
    const deadline = Date.now() + 5000
    while (alive() && Date.now() < deadline) await new Promise((next) => setImmediate(next))
    expect(alive()).to.equal(false)
  })
})
