import { expect } from 'chai'
import fc from 'fast-check'
import mongoose from 'mongoose'
import type { Collection, TestDatabase } from './database.ts'
import { errorOf, openDatabase, REAL_SERVER } from './database.ts'

const { Long, ObjectId, Decimal128, Binary } = mongoose.mongo
type Doc = Record<string, unknown>

/** Enough for the engine to run the stages in its aggregation thread. */
const MANY = 150
/** Makes it run them in its own: only that one can read another collection, here an empty one. */
const HERE = { $unionWith: { coll: 'nothing', pipeline: [] } }
/** Some tenths of a second for `MANY` documents. */
const SLOW = {
  $set: { n: { $size: { $map: { input: { $range: [0, 4000] }, in: { $add: ['$$this', 1] } } } } },
}

describe('aggregation in a thread', () => {
  let database: TestDatabase
  before(async () => {
    database = await openDatabase()
  })
  after(() => database.close())

  async function filled(count = MANY): Promise<Collection> {
    const collection = database.fresh()
    await collection.insertMany(Array.from({ length: count }, (_, i) => ({ i, k: i % 7 })))
    return collection
  }

  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ noDefaultInfinity: true, min: -5, max: 5 }),
    fc.constantFrom('', 'a', 'é', '人工', null, true, false, [], [1, 'a'], { b: 1 }),
    fc.constantFrom(Long.fromNumber(2), Long.MAX_VALUE, Decimal128.fromString('1.5')),
    fc.integer({ min: 0, max: 40 }).map((n) => new Date(1.7e12 + n * 20_000)),
    fc.integer({ min: 0, max: 3 }).map((n) => new ObjectId(String(n).repeat(24))),
    fc.constantFrom(new Binary(Buffer.from([1])), /^a/i),
  )
  const document = fc.record(
    { a: value, b: value, t: fc.date({ noInvalidDate: true }) },
    {
      requiredKeys: ['t'],
    },
  )

  const PIPELINES: [string, Doc[]][] = [
    ['$sort', [{ $set: { z: 1 } }, { $sort: { a: 1, b: -1, _id: 1 } }]],
    ['$sort, $skip and $limit in front', [{ $sort: { b: 1 } }, { $skip: 5 }, { $limit: 40 }]],
    ['$limit in front', [{ $limit: 130 }, { $group: { _id: '$a', n: { $sum: 1 } } }]],
    ['$match in front', [{ $match: { a: { $in: [null, 1, 'a'] } } }, { $unset: 'b' }]],
    [
      '$group with its accumulators',
      [
        {
          $group: {
            _id: '$a',
            n: { $sum: 1 },
            sum: { $sum: '$b' },
            avg: { $avg: '$b' },
            max: { $max: '$b' },
            min: { $min: '$b' },
            first: { $first: '$b' },
            all: { $push: '$b' },
            set: { $addToSet: '$b' },
          },
        },
      ],
    ],
    [
      '$group by a part of a date',
      [{ $group: { _id: { $dateTrunc: { date: '$t', unit: 'month' } }, n: { $sum: 1 } } }],
    ],
    [
      '$facet and $bucket',
      [
        { $match: { a: { $type: 'number' } } },
        {
          $facet: {
            n: [{ $count: 'n' }],
            some: [{ $sort: { a: -1, _id: 1 } }, { $limit: 3 }],
            by: [{ $bucket: { groupBy: '$a', boundaries: [-5, 0, 2], default: 'other' } }],
          },
        },
      ],
    ],
    ['$unwind', [{ $unwind: { path: '$a', preserveNullAndEmptyArrays: true } }]],
    [
      'expressions',
      [
        {
          $project: {
            type: { $type: '$a' },
            order: { $cmp: ['$a', '$b'] },
            either: { $ifNull: ['$a', '$b'] },
            given: '$$given',
          },
        },
      ],
    ],
  ]
  for (const [what, pipeline] of PIPELINES) {
    it(`gives the same in both threads: ${what}`, async function () {
      if (REAL_SERVER) this.skip()
      const many = fc.array(document, { minLength: MANY, maxLength: MANY + 100 })
      await fc.assert(
        fc.asyncProperty(many, async (docs) => {
          const collection = database.fresh()
          await collection.insertMany(docs.map((doc, i) => ({ ...doc, _id: i as never })))
          const run = (stages: Doc[]) =>
            collection
              .aggregate([...pipeline, ...stages], {
                promoteLongs: false,
                let: { given: Long.fromNumber(7) },
              })
              .toArray()
          const there = await run([{ $set: { last: 1 } }])
          expect(there).to.deep.equal(await run([{ $set: { last: 1 } }, HERE]))
          await collection.drop()
        }),
        { numRuns: 5 },
      )
    })
  }

  const MISTAKES: [string, Doc[]][] = [
    ['an id that is none', [{ $set: { x: { $toObjectId: 'no id' } } }]],
    ['a $group without _id', [{ $group: { n: { $sum: 1 } } }]],
    ['an operator that is none', [{ $project: { x: { $nope: 1 } } }]],
    ['a $limit below one', [{ $set: { x: 1 } }, { $limit: -1 }]],
    ['a bad filter in front', [{ $match: { i: { $nope: 1 } } }, { $set: { x: 1 } }]],
    ['a bad sort in front', [{ $sort: { i: 7 } }, { $set: { x: 1 } }]],
    ['an $in that has no list', [{ $match: { $expr: { $in: [1, '$i'] } } }, { $set: { x: 1 } }]],
  ]
  for (const [what, pipeline] of MISTAKES) {
    it(`tells of a mistake in the same words: ${what}`, async function () {
      if (REAL_SERVER) this.skip()
      const collection = await filled()
      const there = await errorOf(collection.aggregate(pipeline).toArray())
      const here = await errorOf(collection.aggregate([...pipeline, HERE]).toArray())
      expect(there.code).to.be.greaterThan(0)
      expect([there.code, there.codeName, there.message]).to.deep.equal([
        here.code,
        here.codeName,
        here.message,
      ])
    })
  }

  it('answers other commands while it runs', async () => {
    const collection = await filled(MANY * 2)
    let ended = false
    const result = collection
      .aggregate([SLOW])
      .toArray()
      .finally(() => (ended = true))
    let answered = 0
    while (!ended && answered < 50) {
      await database.db.command({ ping: 1 })
      if (!ended) answered++
    }
    expect(answered).to.equal(50)
    expect(await result).to.have.length(MANY * 2)
  })

  it('ends at maxTimeMS, and what ran beside it does not', async () => {
    const collection = await filled(MANY * 20)
    const late = errorOf(collection.aggregate([SLOW], { maxTimeMS: 700 }).toArray())
    const beside = Array.from({ length: 4 }, (_, k) =>
      collection
        .aggregate([{ $match: { k } }, { $group: { _id: '$k', n: { $sum: 1 } } }])
        .toArray(),
    )
    expect((await late).code).to.equal(50)
    for (const [k, groups] of (await Promise.all(beside)).entries()) {
      expect(groups).to.deep.equal([{ _id: k, n: Math.ceil((MANY * 20 - k) / 7) }])
    }
  })

  it('gives a long result in batches, and forgets one nobody wants', async () => {
    const collection = await filled(3000)
    const cursor = collection.aggregate([{ $set: { j: { $add: ['$i', 1] } } }], { batchSize: 70 })
    let n = 0
    for await (const { j } of cursor) expect(j).to.equal(++n)
    expect(n).to.equal(3000)
    const unwanted = collection.aggregate([{ $set: { j: 1 } }], { batchSize: 5 })
    await unwanted.next()
    const { id } = unwanted
    await unwanted.close()
    const more = database.db.command({ getMore: id, collection: collection.collectionName })
    expect((await errorOf(more)).code).to.equal(43)
  })

  it('takes documents larger than a piece', async () => {
    const collection = database.fresh()
    const text = 'x'.repeat(700_000)
    await collection.insertMany(Array.from({ length: 6 }, (_, i) => ({ i, text })))
    const found = await collection
      .aggregate([{ $set: { j: '$i' } }, { $sort: { j: -1 } }])
      .toArray()
    expect(found.map(({ j }) => j as number)).to.deep.equal([5, 4, 3, 2, 1, 0])
    expect(found.every((doc) => doc.text === text)).to.equal(true)
  })

  it('writes with $merge and $out', async () => {
    const collection = await filled()
    const into = database.fresh()
    const perKey = { $group: { _id: '$k', n: { $sum: 1 } } }
    await collection.aggregate([perKey, { $out: into.collectionName }]).toArray()
    await collection
      .aggregate([perKey, { $set: { twice: true } }, { $merge: { into: into.collectionName } }])
      .toArray()
    const expected = Array.from({ length: 7 }, (_, k) => ({
      _id: k,
      n: Math.ceil((MANY - k) / 7),
      twice: true,
    }))
    expect(await into.find().sort({ _id: 1 }).toArray()).to.deep.equal(expected)
  })
})
