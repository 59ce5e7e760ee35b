import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import mongoose from 'mongoose'
import { launchEngine } from '../../gateway/store/embedded/launch.ts'

/**
 * How fast the store is through the unmodified driver: every write acknowledged is on disk. Client and
 * server share the machine. `MONGODB_URI` measures that server instead.
 */
const CONCURRENT = 50

interface Row {
  what: string
  perSecond: number
  p50Ms: number
  p99Ms: number
}

interface TestDoc {
  _id: number
  conversation: string
  seq: number
  state: string
  priority: number
  at: Date
  text: string
}

const document = (i: number): TestDoc => ({
  _id: i,
  conversation: `conversation-${i % 500}`,
  seq: i,
  state: 'queued',
  priority: i % 5,
  at: new Date(1_700_000_000_000 + i),
  text: '景区门票可以退吗? '.repeat(8),
})

async function measure(
  what: string,
  total: number,
  concurrent: number,
  work: (i: number) => Promise<unknown>,
  unitsPerCall = 1,
): Promise<Row> {
  const latencies: number[] = []
  let next = 0
  const startedAt = performance.now()
  const worker = async () => {
    for (let i = next++; i < total; i = next++) {
      const from = performance.now()
      await work(i)
      latencies.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: concurrent }, worker))
  const seconds = (performance.now() - startedAt) / 1000
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0
  return { what, perSecond: (total * unitsPerCall) / seconds, p50Ms: at(0.5), p99Ms: at(0.99) }
}

export default async function bench(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yilu-bench-store-'))
  const engine = process.env.MONGODB_URI ? null : await launchEngine({ dataDir })
  const uri = process.env.MONGODB_URI ?? engine!.uri
  const client = new mongoose.mongo.MongoClient(uri, { maxPoolSize: CONCURRENT })
  try {
    await client.connect()
    const db = client.db('yilu_bench')
    await db.dropDatabase()
    const rows = await run(db.collection<TestDoc>('messages'))
    await db.dropDatabase()
    report(rows)
  } finally {
    await client.close()
    await engine?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

type Messages = mongoose.mongo.Collection<TestDoc>

async function run(messages: Messages): Promise<Map<string, Row>> {
  await messages.createIndex({ conversation: 1, seq: 1 }, { unique: true })
  await messages.createIndex({ state: 1, priority: -1, at: 1 })
  await messages.createIndex({ at: 1 })
  const rows = new Map<string, Row>()
  const add = async (key: string, row: Promise<Row>) => rows.set(key, await row)
  const n = 10_000
  const insert = (i: number) => messages.insertOne(document(i))
  await measure('warm-up', 1000, CONCURRENT, (i) => insert(i + 1_000_000))
  await messages.deleteMany({ _id: { $gte: 1_000_000 } })
  await add('insertsPerSecond', measure('insert, 50 at once, on disk', n, CONCURRENT, insert))
  await add(
    'serialInsertsPerSecond',
    measure('insert, one by one, on disk', 500, 1, (i) => insert(n + i)),
  )
  await add(
    'updatesPerSecond',
    measure('update, 50 at once, on disk', n, CONCURRENT, (i) =>
      messages.updateOne({ _id: i }, { $inc: { seq: 1_000_000 }, $set: { text: `changed ${i}` } }),
    ),
  )
  await add(
    'pointReadsPerSecond',
    measure('find by _id, 50 at once', n, CONCURRENT, (i) => messages.findOne({ _id: i })),
  )
  await add(
    'indexFindsPerSecond',
    measure('find 10 of a queue in order, 50 at once', 3000, CONCURRENT, () =>
      messages.find({ state: 'queued' }).sort({ priority: -1, at: 1 }).limit(10).toArray(),
    ),
  )
  await add(
    'claimsPerSecond',
    measure('claim the first of a queue, 50 at once, on disk', 3000, CONCURRENT, (i) =>
      messages.findOneAndUpdate(
        { state: 'queued' },
        { $set: { state: 'offered', agent: i } },
        { sort: { priority: -1, at: 1 } },
      ),
    ),
  )
  await add(
    'bulkInsertsPerSecond',
    measure(
      'insert 1,000 documents a call, on disk',
      20,
      1,
      (i) =>
        messages.insertMany(
          Array.from({ length: 1000 }, (_, k) => document(100_000 + i * 1000 + k)),
        ),
      1000,
    ),
  )
  return rows
}

function report(rows: Map<string, Row>): void {
  console.log('| what | per second | p50 ms | p99 ms |')
  console.log('|---|---|---|---|')
  const summary: Record<string, number | string> = { bench: 'store' }
  for (const [key, { what, perSecond, p50Ms, p99Ms }] of rows) {
    console.log(
      `| ${what} | ${Math.round(perSecond)} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} |`,
    )
    summary[key] = Math.round(perSecond)
  }
  summary.serialWriteP50Ms = Number((rows.get('serialInsertsPerSecond')?.p50Ms ?? 0).toFixed(2))
  console.log(JSON.stringify(summary))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await bench()
