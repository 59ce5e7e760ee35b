import { expect } from 'chai'
import fc from 'fast-check'
import type { Collection, TestDatabase } from './database.ts'
import { openDatabase, REAL_SERVER } from './database.ts'

type Doc = Record<string, unknown>

interface Explained {
  stage: string
  index: string | null
  docs: number
  returned: number
}

describe('planner', function () {
  let database: TestDatabase
  let queue: Collection
  before(async function () {
    // what a server examines is its own business
    if (REAL_SERVER) this.skip()
    database = await openDatabase()
    queue = database.fresh()
    await queue.insertMany(
      Array.from({ length: 1000 }, (_, i) => ({
        _id: i as never,
        state: ['queued', 'offered', 'closed', 'wrap'][i % 4],
        priority: i % 10,
        at: new Date(i * 1000),
        tags: [`t${i % 20}`, `u${i % 3}`],
        owner: i % 5 === 0 ? `agent${i % 7}` : undefined,
        text: `call ${String(i).padStart(4, '0')}`,
      })),
      { ignoreUndefined: true },
    )
    await queue.createIndexes([
      { key: { state: 1, priority: -1, at: 1 }, name: 'work' },
      { key: { at: 1 }, name: 'at' },
      { key: { tags: 1 }, name: 'tags' },
      { key: { owner: 1 }, name: 'owner', sparse: true },
      {
        key: { priority: 1 },
        name: 'hot',
        partialFilterExpression: { state: 'queued', priority: { $gte: 5 } },
      },
      { key: { text: 1 }, name: 'text', unique: true },
    ])
  })
  after(async () => {
    if (database) await database.close()
  })

  async function explain(command: Doc): Promise<Explained> {
    const reply = await database.db.command({ explain: { find: queue.collectionName, ...command } })
    const plan = reply.queryPlanner.winningPlan as {
      stage: string
      inputStage?: { indexName?: string }
    }
    return {
      stage: plan.stage,
      index: plan.inputStage?.indexName ?? null,
      docs: Number(reply.executionStats.totalDocsExamined),
      returned: Number(reply.executionStats.nReturned),
    }
  }

  const USES: [string, Doc, Partial<Explained>][] = [
    ['_id', { filter: { _id: 5 } }, { index: '_id_', docs: 1, returned: 1 }],
    [
      'several _ids',
      { filter: { _id: { $in: [1, 2, 5000] } } },
      { index: '_id_', docs: 2, returned: 2 },
    ],
    [
      'a range of _ids',
      { filter: { _id: { $gte: 10, $lt: 20 } } },
      { index: '_id_', docs: 10, returned: 10 },
    ],
    ['a unique text', { filter: { text: 'call 0007' } }, { index: 'text', docs: 1, returned: 1 }],
    [
      'the beginning of a text',
      { filter: { text: /^call 000/ } },
      { index: 'text', docs: 10, returned: 10 },
    ],
    ['an equality', { filter: { state: 'queued' } }, { index: 'work', docs: 250 }],
    [
      'two equalities',
      { filter: { state: 'queued', priority: 4 } },
      { index: 'work', docs: 50, returned: 50 },
    ],
    [
      'equality and range',
      { filter: { state: 'queued', priority: { $gt: 7 } } },
      { docs: 50, returned: 50 },
    ],
    [
      'a date range',
      { filter: { at: { $gte: new Date(5000), $lt: new Date(9000) } } },
      { index: 'at', docs: 4 },
    ],
    [
      'an element of an array',
      { filter: { tags: 't7' } },
      { index: 'tags', docs: 50, returned: 50 },
    ],
    ['elements of an array', { filter: { tags: { $in: ['t7', 't8', 'u0'] } } }, { index: 'tags' }],
    [
      'the first of a queue without reading the rest',
      { filter: { state: 'queued' }, sort: { priority: -1, at: 1 }, limit: 3 },
      { stage: 'FETCH', index: 'work', docs: 3, returned: 3 },
    ],
    [
      'the same backwards',
      { filter: { state: 'queued' }, sort: { priority: 1, at: -1 }, limit: 3 },
      { stage: 'FETCH', index: 'work', docs: 3, returned: 3 },
    ],
    [
      'the newest',
      { filter: {}, sort: { at: -1 }, limit: 5 },
      { stage: 'FETCH', index: 'at', docs: 5 },
    ],
    [
      'a sparse index for a value',
      { filter: { owner: 'agent0' } },
      { index: 'owner', docs: 29, returned: 29 },
    ],
    [
      'a partial index where the query implies it',
      { filter: { state: 'queued', priority: { $gt: 7 } }, hint: 'hot' },
      { index: 'hot', docs: 50, returned: 50 },
    ],
    [
      'an index per branch of $or',
      { filter: { $or: [{ _id: 3 }, { tags: 't7' }, { _id: 7 }] } },
      { stage: 'OR', docs: 51, returned: 51 },
    ],
  ]
  for (const [what, command, expected] of USES) {
    it(`uses an index for ${what}`, async () => {
      expect(await explain(command)).to.include(expected)
    })
  }

  const AVOIDS: [string, Doc, Partial<Explained>][] = [
    ['a sparse index for null', { filter: { owner: null } }, { stage: 'COLLSCAN', returned: 800 }],
    [
      'a sparse index to sort',
      { sort: { owner: 1 } },
      { stage: 'SORT', index: null, returned: 1000 },
    ],
    [
      'a partial index that misses some',
      { filter: { priority: { $gte: 4 } } },
      { stage: 'COLLSCAN', returned: 600 },
    ],
    ['an index of arrays to sort', { sort: { tags: 1 }, limit: 5 }, { stage: 'SORT', index: null }],
    [
      'mixed directions it does not have',
      { filter: { state: 'wrap' }, sort: { priority: 1, at: 1 } },
      { stage: 'SORT' },
    ],
    [
      'a branch of $or without index',
      { filter: { $or: [{ _id: 3 }, { nope: 1 }] } },
      { stage: 'COLLSCAN', returned: 1 },
    ],
  ]
  for (const [what, command, expected] of AVOIDS) {
    it(`does not use ${what}`, async () => {
      expect(await explain(command)).to.include(expected)
    })
  }

  it('counts and claims through the index too', async () => {
    const reply = await database.db.command({
      explain: {
        findAndModify: queue.collectionName,
        query: { state: 'queued' },
        sort: { priority: -1, at: 1 },
      },
    })
    expect(reply.executionStats.totalDocsExamined).to.equal(1)
  })

  it('finds the same with and without indexes, whatever is asked', async () => {
    const indexed = database.fresh()
    const bare = database.fresh()
    await indexed.createIndexes([
      { key: { a: 1, b: -1 } },
      { key: { b: 1 }, sparse: true },
      { key: { 'c.d': -1 } },
      { key: { a: -1 }, name: 'part', partialFilterExpression: { b: { $gt: 2 } } },
    ])
    const atom = fc.constantFrom<unknown>(
      null,
      0,
      1,
      2,
      3,
      4,
      -1.5,
      'a',
      'a\0',
      'b',
      true,
      new Date(1),
    )
    const field = fc.oneof(atom, fc.array(atom, { maxLength: 3 }))
    const doc = fc.record(
      { a: field, b: field, c: fc.oneof(fc.record({ d: field }), atom) },
      { requiredKeys: [] },
    )
    // a: [..] with b: [..] are parallel arrays, which no index takes
    const allowed = ({ a, b }: { a?: unknown; b?: unknown }) =>
      !(Array.isArray(a) && Array.isArray(b))
    const docs = fc.sample(doc.filter(allowed), { numRuns: 300, seed: 7 })
    const numbered = docs.map((each, i) => ({ _id: i as never, ...each }))
    await indexed.insertMany(numbered)
    await bare.insertMany(numbered)
    const condition = fc.oneof(
      atom,
      fc.record({ $in: fc.array(atom, { maxLength: 3 }) }),
      fc.record({ $gt: atom }),
      fc.record({ $gte: atom, $lt: atom }),
      fc.record({ $lte: atom }),
      fc.record({ $exists: fc.boolean() }),
      fc.record({ $ne: atom }),
    )
    const clause = fc.record({ a: condition, b: condition, 'c.d': condition }, { requiredKeys: [] })
    const filter = fc.oneof(
      clause,
      fc.record({ $or: fc.array(clause, { minLength: 1, maxLength: 3 }) }),
      fc.record({ $and: fc.array(clause, { minLength: 1, maxLength: 2 }) }),
    )
    const direction = fc.constantFrom<1 | -1>(1, -1)
    const sort = fc.oneof(
      fc.record({ a: direction, b: direction, _id: fc.constant<1>(1) }),
      fc.record({ b: direction, _id: fc.constant<1>(1) }),
      fc.record({ 'c.d': direction, _id: fc.constant<1>(1) }),
    )
    await fc.assert(
      fc.asyncProperty(filter, sort, fc.nat(5), async (query, order, limit) => {
        const ids = async (collection: Collection) =>
          (
            await collection
              .find(query as Doc)
              .sort(order)
              .limit(limit)
              .toArray()
          ).map(({ _id }) => Number(_id))
        expect(await ids(indexed)).to.deep.equal(await ids(bare))
      }),
      { numRuns: 400 },
    )
  })
})
