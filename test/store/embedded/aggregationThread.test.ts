import type { Worker } from 'node:worker_threads'
import { expect } from 'chai'
import type { Task } from '../../../gateway/store/embedded/aggregate/messages.ts'
import { unpack } from '../../../gateway/store/embedded/aggregate/pieces.ts'
import type { Work } from '../../../gateway/store/embedded/aggregate/thread.ts'
import { AggregationThread } from '../../../gateway/store/embedded/aggregate/thread.ts'
import type { Doc } from '../../../gateway/store/embedded/value.ts'
import { decode, encode } from '../../../gateway/store/embedded/value.ts'
import { errorOf } from './database.ts'

const task = (stages: Doc[], more: Partial<Task> = {}): Task => ({
  filter: {},
  sort: null,
  skip: 0,
  limit: 0,
  stages,
  variables: null,
  ...more,
})

function* documents(count: number): Generator<Uint8Array> {
  for (let i = 0; i < count; i++) yield encode({ i })
}

/** Each document keeps this many numbers in memory. */
const wide = (width: number): Doc => ({ $set: { all: { $range: [0, width] } } })
const COUNT: Doc = { $group: { _id: null, n: { $sum: 1 } } }

describe('the aggregation thread', function () {
  this.timeout(60_000)
  let thread: AggregationThread
  beforeEach(() => {
    thread = new AggregationThread(192)
  })
  afterEach(() => worker()?.terminate())

  const worker = () => (thread as unknown as { worker: Worker | null }).worker
  const run = async (work: Partial<Work> & { task: Task }) => {
    const pieces = await thread.run({ source: () => documents(100), ...work })
    return pieces.flatMap((piece) => [...unpack(piece)].map((bytes) => decode(bytes)))
  }
  const counted = (count: number) => [{ _id: null, n: count }]

  it('is started by the first aggregation and stays', async () => {
    expect(worker()).to.equal(null)
    expect(await run({ task: task([COUNT]) })).to.deep.equal(counted(100))
    const first = worker()
    expect(await run({ task: task([COUNT]) })).to.deep.equal(counted(100))
    expect(worker()).to.equal(first)
  })

  it('tells the reader when a limit is reached', async () => {
    const found = await run({
      task: task([COUNT], { filter: { i: { $gte: 10 } }, skip: 5, limit: 300 }),
      source: () => documents(Infinity),
    })
    expect(found).to.deep.equal(counted(300))
  })

  it('has read few documents ahead of what it has taken', async () => {
    await run({ task: task([COUNT]) })
    let read = 0
    function* counting() {
      for (const bytes of documents(200_000)) {
        read++
        yield bytes
      }
    }
    const failed = errorOf(
      run({ task: task([], { filter: { $expr: { $toObjectId: 'no' } } }), source: counting }),
    )
    expect((await failed).code).to.equal(2)
    expect(read).to.be.lessThan(200_000)
  })

  it('lets two in at a time, in order of arrival', async () => {
    const began: number[] = []
    const ended: number[] = []
    const all = [0, 1, 2, 3, 4].map(async (n) => {
      function* source() {
        began.push(n)
        // the one that made room for this one may not have told us yet
        expect(n - ended.length).to.be.at.most(2)
        yield* documents(50)
      }
      const result = await run({ task: task([COUNT]), source })
      ended.push(n)
      return result
    })
    for (const result of await Promise.all(all)) expect(result).to.deep.equal(counted(50))
    expect(began).to.deep.equal([0, 1, 2, 3, 4])
  })

  it('starts again after it died, and says so to the aggregation that was in it', async () => {
    await run({ task: task([COUNT]) })
    const died = errorOf(
      run({ task: task([wide(100_000), { $unset: 'all' }]), source: () => documents(50_000) }),
    )
    await worker()?.terminate()
    const error = await died
    expect(error.code).to.equal(8)
    expect(error.message).to.match(/has ended; it can be tried again/)
    expect(await run({ task: task([COUNT]) })).to.deep.equal(counted(100))
  })

  it('ends rather than take more memory than it may', async () => {
    const greedy = { ...(COUNT.$group as Doc), all: { $push: { $range: [0, 100_000] } } }
    const [error, beside] = await Promise.all([
      errorOf(run({ task: task([{ $group: greedy }]), source: () => documents(3000) })),
      run({ task: task([COUNT]), source: () => documents(4000) }),
    ])
    expect(error.code).to.equal(292)
    expect(error.message).to.match(/more than 192 MB/)
    expect(beside).to.deep.equal(counted(4000))
  })

  it('ends what passes its deadline: while it waits, while it is read and while it runs', async () => {
    await run({ task: task([COUNT]) })
    const slow = task([wide(200_000), { $unset: 'all' }, COUNT])
    const deadlineMs = Date.now() + 300
    const results = await Promise.all([
      errorOf(run({ task: slow, source: () => documents(5000), deadlineMs })),
      errorOf(run({ task: task([COUNT]), source: () => documents(Infinity), deadlineMs })),
      errorOf(run({ task: task([COUNT]), deadlineMs })),
      run({ task: task([COUNT]) }),
    ])
    expect(results.slice(0, 3).map((error) => (error as { code?: number }).code)).to.deep.equal([
      50, 50, 50,
    ])
    expect(results[3]).to.deep.equal(counted(100))
  })
})
