import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import mongoose from 'mongoose'
import type { LaunchedEngine } from '../../gateway/store/embedded/launch.ts'
import { launchEngine } from '../../gateway/store/embedded/launch.ts'

interface Kept {
  _id: number
  code: string
  group: number
  tags: string[]
  version: number
}

type Kepts = mongoose.mongo.Collection<Kept>
type Counters = mongoose.mongo.Collection<{ _id: number; n: number }>

/** What the engine has acknowledged over all rounds; `version` is the last one acknowledged. */
interface Acknowledged {
  versions: Map<number, number>
  removed: Set<number>
  counted: number
}

const ROUNDS = 5
const WRITERS = 12

describe('the embedded engine is killed', function () {
  this.timeout(120_000)
  const dataDir = mkdtempSync(join(tmpdir(), 'yilu-kill-'))
  after(() => rmSync(dataDir, { recursive: true, force: true }))

  it('while many write: nothing acknowledged is lost, every index still tells the truth', async () => {
    const acknowledged: Acknowledged = { versions: new Map(), removed: new Set(), counted: 0 }
    for (let round = 0; round < ROUNDS; round++) {
      const engine = await launchEngine({ dataDir })
      const client = await connect(engine)
      const kept = client.db('kill').collection<Kept>('kept')
      const counters = client.db('kill').collection<{ _id: number; n: number }>('counters')
      if (round === 0) await prepare(kept, counters)
      else await verify(kept, counters, acknowledged)
      await writeUntilKilled(engine, kept, counters, acknowledged)
      await client.close(true)
    }
    const engine = await launchEngine({ dataDir })
    const client = await connect(engine)
    const db = client.db('kill')
    await verify(db.collection<Kept>('kept'), db.collection('counters'), acknowledged)
    await client.close()
    await engine.stop()
    // a run in which little was written would prove little
    expect(acknowledged.versions.size).to.be.greaterThan(500)
    expect(acknowledged.removed.size).to.be.greaterThan(20)
  })
})

const connect = (engine: LaunchedEngine) =>
  mongoose.mongo.MongoClient.connect(engine.uri, {
    maxPoolSize: WRITERS,
    serverSelectionTimeoutMS: 2000,
    retryReads: false,
  })

async function prepare(kept: Kepts, counters: Counters): Promise<void> {
  await kept.createIndexes([
    { key: { code: 1 }, unique: true },
    { key: { group: 1, version: -1 } },
    { key: { tags: 1 } },
    { key: { group: 1 }, name: 'changed', partialFilterExpression: { version: { $gt: 0 } } },
  ])
  await counters.insertOne({ _id: 1, n: 0 })
}

async function writeUntilKilled(
  engine: LaunchedEngine,
  kept: Kepts,
  counters: Counters,
  acknowledged: Acknowledged,
): Promise<void> {
  let next = Math.max(0, ...acknowledged.versions.keys(), ...acknowledged.removed) + 1000
  let left = 400 + Math.floor(Math.random() * 400)
  let killed = false
  // the moment comes with some answer, while the other writers wait for theirs
  const acknowledge = (note: () => void) => {
    if (killed) return
    note()
    if (--left > 0) return
    killed = true
    process.kill(engine.pid, 'SIGKILL')
  }
  const writer = async () => {
    while (!killed) {
      const id = next++
      await kept.insertOne({
        _id: id,
        code: `code-${id}`,
        group: id % 7,
        tags: id % 2 ? ['odd', `t${id % 5}`] : ['even'],
        version: 0,
      })
      acknowledge(() => acknowledged.versions.set(id, 0))
      await kept.updateOne(
        { code: `code-${id}` },
        { $set: { group: (id + 3) % 7 }, $inc: { version: 1 }, $push: { tags: 'changed' } },
      )
      acknowledge(() => acknowledged.versions.set(id, 1))
      await counters.updateOne({ _id: 1 }, { $inc: { n: 1 } })
      acknowledge(() => acknowledged.counted++)
      if (id % 10 !== 0) continue
      // from here on it may or may not be there, until the removal is acknowledged
      acknowledged.versions.delete(id)
      await kept.deleteOne({ _id: id })
      acknowledge(() => acknowledged.removed.add(id))
    }
  }
  const writers = Array.from({ length: WRITERS }, () =>
    writer().catch((error: unknown) => {
      if (!killed) throw error
    }),
  )
  await Promise.all(writers)
}

async function verify(kepts: Kepts, counters: Counters, acknowledged: Acknowledged): Promise<void> {
  const all = await kepts.find().hint({ $natural: 1 }).toArray()
  const byId = new Map(all.map((doc) => [doc._id, doc]))
  const lost = [...acknowledged.versions].filter(
    ([id, version]) => (byId.get(id)?.version ?? -1) < version,
  )
  expect(lost, 'acknowledged writes that are lost').to.deep.equal([])
  const back = [...acknowledged.removed].filter((id) => byId.has(id))
  expect(back, 'removed documents that came back').to.deep.equal([])
  const counter = await counters.findOne({ _id: 1 })
  expect(counter?.n).to.be.at.least(acknowledged.counted)
  expect(await kepts.countDocuments()).to.equal(all.length)
  await verifyIndexes(kepts, all)
}

/** Every index must give exactly the documents a scan of the collection gives. */
async function verifyIndexes(kepts: Kepts, all: Kept[]): Promise<void> {
  const idsBy = async (filter: object, hint: string) =>
    (await kepts.find(filter).hint(hint).toArray()).map(({ _id }) => _id).sort((a, b) => a - b)
  const idsWhere = (test: (doc: Kept) => boolean) =>
    all
      .filter(test)
      .map(({ _id }) => _id)
      .sort((a, b) => a - b)
  expect(await idsBy({ _id: { $gte: 0 } }, '_id_')).to.deep.equal(idsWhere(() => true))
  expect(await idsBy({ code: { $gte: '' } }, 'code_1')).to.deep.equal(idsWhere(() => true))
  for (let group = 0; group < 7; group++) {
    expect(await idsBy({ group }, 'group_1_version_-1')).to.deep.equal(
      idsWhere((doc) => doc.group === group),
    )
    const changed = await idsBy({ group, version: { $gt: 0 } }, 'changed')
    expect(changed).to.deep.equal(idsWhere((doc) => doc.group === group && doc.version > 0))
  }
  for (const tag of ['odd', 'even', 'changed', 't0', 't3']) {
    expect(await idsBy({ tags: tag }, 'tags_1')).to.deep.equal(
      idsWhere((doc) => doc.tags.includes(tag)),
    )
  }
}
