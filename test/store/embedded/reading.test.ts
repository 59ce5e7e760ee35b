import { Binary, BSONRegExp, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { expect } from 'chai'
import type { TestDatabase } from './database.ts'
import { errorOf, openDatabase, REAL_SERVER } from './database.ts'

type Doc = Record<string, unknown>

describe('reading', () => {
  let database: TestDatabase
  before(async () => {
    database = await openDatabase()
  })
  after(() => database.close())

  it('sorts values of all types in the order of the manual', async () => {
    const ascending: unknown[] = [
      new MinKey(),
      [],
      null,
      NaN,
      -Infinity,
      -1.5,
      0,
      Long.fromString('9007199254740993'),
      Infinity,
      '',
      'a',
      'b',
      '\uffff',
      '\ud83d\ude00',
      { a: 1 },
      { a: 2 },
      { b: 0 },
      { a: 'x' },
      new Binary(Buffer.from([9])),
      new Binary(Buffer.from([1, 1])),
      new ObjectId('000000000000000000000001'),
      new ObjectId('000000000000000000000002'),
      false,
      true,
      new Date(-5),
      new Date(5),
      new Timestamp({ t: 1, i: 1 }),
      new BSONRegExp('a'),
      new MaxKey(),
    ]
    for (const index of [false, true]) {
      const collection = database.fresh()
      if (index) await collection.createIndex({ v: 1 })
      const docs = ascending.map((v, i) => ({ _id: i as never, v }))
      await collection.insertMany([...docs].reverse())
      const order = ascending.map((_, i) => i)
      const ids = async (direction: 1 | -1) =>
        (
          await collection
            .find({}, { projection: { _id: 1 } })
            .sort({ v: direction })
            .toArray()
        ).map(({ _id }) => Number(_id))
      expect(await ids(1)).to.deep.equal(order)
      expect(await ids(-1)).to.deep.equal(order.reverse())
    }
  })

  it('sorts an array by its least or greatest element', async () => {
    const collection = database.fresh()
    await collection.insertMany([
      { _id: 1 as never, v: [5, 1] },
      { _id: 2 as never, v: 2 },
      { _id: 3 as never, v: [3, 4] },
      { _id: 4 as never },
      { _id: 5 as never, v: [] },
    ])
    const ids = async (direction: 1 | -1) =>
      (await collection.find().sort({ v: direction }).toArray()).map(({ _id }) => Number(_id))
    expect(await ids(1)).to.deep.equal([5, 4, 1, 2, 3])
    expect(await ids(-1)).to.deep.equal([1, 3, 2, 4, 5])
  })

  it('goes through a long result in batches, with skip and limit', async () => {
    const collection = database.fresh()
    await collection.insertMany(Array.from({ length: 1000 }, (_, i) => ({ i })))
    const all = await collection
      .find({ i: { $gte: 10 } }, { batchSize: 7 })
      .sort({ i: 1 })
      .toArray()
    expect(all.map(({ i }) => i as number)).to.deep.equal(
      Array.from({ length: 990 }, (_, i) => i + 10),
    )
    const page = await collection
      .find()
      .sort({ i: -1 })
      .skip(100)
      .limit(250)
      .batchSize(50)
      .toArray()
    expect([page.length, page[0]?.i, page[249]?.i]).to.deep.equal([250, 899, 650])
    expect(await collection.find().limit(-3).toArray()).to.have.length(3)
  })

  it('keeps a cursor true while documents come and go', async () => {
    const collection = database.fresh()
    await collection.createIndex({ n: 1 })
    await collection.insertMany(Array.from({ length: 300 }, (_, i) => ({ n: i })))
    const cursor = collection.find({ n: { $gte: 0 } }, { batchSize: 10 }).sort({ n: 1 })
    expect((await cursor.next())?.n).to.equal(0)
    await collection.deleteMany({ n: { $gte: 50, $lt: 250 } })
    await collection.insertOne({ n: 299.5 })
    const rest = (await cursor.toArray()).map(({ n }) => Number(n))
    const later = rest.filter((n) => n >= 250)
    expect(later).to.deep.equal([...Array.from({ length: 50 }, (_, i) => 250 + i), 299.5])
    expect(new Set(rest).size).to.equal(rest.length)
  })

  it('knows no cursor that was killed or never was', async () => {
    const collection = database.fresh()
    await collection.insertMany(Array.from({ length: 20 }, (_, i) => ({ i })))
    const opened = await database.db.command({ find: collection.collectionName, batchSize: 2 })
    const { id } = opened.cursor as { id: unknown }
    const killed = await database.db.command({
      killCursors: collection.collectionName,
      cursors: [Long.fromString(String(id))],
    })
    expect(killed.cursorsKilled).to.have.length(1)
    const more = database.db.command({
      getMore: Long.fromString(String(id)),
      collection: collection.collectionName,
    })
    expect((await errorOf(more)).code).to.equal(43)
  })

  it('ends a cursor whose collection is dropped', async function () {
    if (REAL_SERVER) this.skip()
    const collection = database.fresh()
    await collection.insertMany(Array.from({ length: 20 }, (_, i) => ({ i })))
    const cursor = collection.find({}, { batchSize: 2 })
    await cursor.next()
    await collection.drop()
    expect((await errorOf(cursor.toArray())).code).to.equal(43)
  })

  const PROJECTIONS: [string, Doc, Doc][] = [
    ['inclusion', { a: 1 }, { _id: 1, a: 1 }],
    ['inclusion without _id', { a: 1, _id: 0 }, { a: 1 }],
    ['exclusion', { a: 0, list: 0, docs: 0 }, { _id: 1, o: { x: 1, y: 2 } }],
    ['a nested field', { 'o.x': 1 }, { _id: 1, o: { x: 1 } }],
    ['a nested field as a document', { o: { y: 1 }, _id: 0 }, { o: { y: 2 } }],
    ['a field in an array', { 'docs.k': 1, _id: 0 }, { docs: [{ k: 1 }, { k: 2 }] }],
    [
      'a nested exclusion',
      { 'docs.v': 0, list: 0, o: 0, a: 0 },
      { _id: 1, docs: [{ k: 1 }, { k: 2 }] },
    ],
    ['$slice', { list: { $slice: -2 }, a: 1 }, { _id: 1, a: 1, list: [3, 4] }],
    ['$slice with skip', { list: { $slice: [1, 2] }, a: 1 }, { _id: 1, a: 1, list: [2, 3] }],
    ['$elemMatch', { docs: { $elemMatch: { k: 2 } } }, { _id: 1, docs: [{ k: 2, v: 'b' }] }],
    ['an expression', { sum: { $add: ['$a', 1] }, _id: 0 }, { sum: 2 }],
    ['only _id', { _id: 1 }, { _id: 1 }],
  ]
  for (const [what, projection, expected] of PROJECTIONS) {
    it(`projects ${what}`, async () => {
      const collection = database.fresh()
      const docs = [
        { k: 1, v: 'a' },
        { k: 2, v: 'b' },
      ]
      await collection.insertOne({
        _id: 1 as never,
        a: 1,
        o: { x: 1, y: 2 },
        list: [1, 2, 3, 4],
        docs,
      })
      expect(await collection.findOne({}, { projection })).to.deep.equal(expected)
    })
  }

  it('projects the element the filter matched', async () => {
    const collection = database.fresh()
    await collection.insertOne({ _id: 1 as never, docs: [{ k: 1 }, { k: 2 }] })
    expect(
      await collection.findOne({ 'docs.k': 2 }, { projection: { 'docs.$': 1 } }),
    ).to.deep.equal({
      _id: 1,
      docs: [{ k: 2 }],
    })
  })

  it('refuses to mix inclusion and exclusion', async () => {
    const error = await errorOf(database.fresh().findOne({}, { projection: { a: 1, b: 0 } }))
    expect(error.code).to.be.oneOf([31253, 31254])
  })

  it('counts and lists distinct values', async () => {
    const collection = database.fresh()
    await collection.insertMany([{ a: [2, 1] }, { a: 1 }, { a: { b: 1 } }, {}, { a: null }])
    expect(await collection.distinct('a')).to.deep.equal([null, 1, 2, { b: 1 }])
    expect(await collection.countDocuments({ a: 1 })).to.equal(2)
    expect(await collection.countDocuments({}, { skip: 1, limit: 3 })).to.equal(3)
    expect(await collection.estimatedDocumentCount()).to.equal(5)
  })

  it('stops at maxTimeMS', async function () {
    if (REAL_SERVER) this.skip()
    const collection = database.fresh()
    const text = 'x'.repeat(500)
    await collection.insertMany(Array.from({ length: 20_000 }, (_, i) => ({ i, text })))
    const query = { text: { $ne: 'y' }, i: -1 }
    expect((await errorOf(collection.find(query).maxTimeMS(1).toArray())).code).to.equal(50)
  })

  it('answers others while a long search runs', async function () {
    if (REAL_SERVER) this.skip()
    const collection = database.fresh()
    await collection.insertMany(
      Array.from({ length: 30_000 }, (_, i) => ({ i, text: 'x'.repeat(300) })),
    )
    let scanning = true
    // ten in a row: a client that is slow to look must not miss them all
    const scans = (async () => {
      const counts: number[] = []
      for (let i = 0; i < 10; i++)
        counts.push(await collection.countDocuments({ text: { $ne: 'x' } }))
      return counts
    })().finally(() => (scanning = false))
    let answers = 0
    while (scanning) {
      await collection.findOne({ _id: new ObjectId() })
      if (scanning) answers++
    }
    expect(await scans).to.deep.equal(Array<number>(10).fill(30_000))
    // were nobody answered during a scan, at most one could get in after each
    expect(answers).to.be.greaterThan(10)
  })
})

describe('aggregation', () => {
  let database: TestDatabase
  before(async () => {
    database = await openDatabase()
    const { db } = database
    await db.collection('calls').insertMany([
      {
        _id: 1 as never,
        queue: 'zh',
        agent: 1,
        waitMs: 100,
        at: new Date('2026-01-01T10:05:00Z'),
        tags: ['a', 'b'],
      },
      {
        _id: 2 as never,
        queue: 'zh',
        agent: 2,
        waitMs: 300,
        at: new Date('2026-01-01T10:55:00Z'),
        tags: [],
      },
      {
        _id: 3 as never,
        queue: 'en',
        agent: 1,
        waitMs: Long.fromNumber(500),
        at: new Date('2026-01-01T11:05:00Z'),
      },
      { _id: 4 as never, queue: null, agent: 9, at: new Date('2026-01-01T11:06:00Z'), tags: ['b'] },
    ])
    await db.collection('agents').insertMany([
      { _id: 1 as never, name: 'Li' },
      { _id: 2 as never, name: 'Wang' },
    ])
  })
  after(() => database.close())

  const PIPELINES: [string, Doc[], Doc[]][] = [
    [
      '$group with sums, averages and extremes',
      [
        { $match: { queue: { $ne: null } } },
        {
          $group: {
            _id: '$queue',
            n: { $sum: 1 },
            wait: { $sum: '$waitMs' },
            mean: { $avg: '$waitMs' },
            most: { $max: '$waitMs' },
            least: { $min: '$waitMs' },
          },
        },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: 'en', n: 1, wait: 500, mean: 500, most: 500, least: 500 },
        { _id: 'zh', n: 2, wait: 400, mean: 200, most: 300, least: 100 },
      ],
    ],
    [
      '$group per hour',
      [
        { $group: { _id: { $dateTrunc: { date: '$at', unit: 'hour' } }, n: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: new Date('2026-01-01T10:00:00Z'), n: 2 },
        { _id: new Date('2026-01-01T11:00:00Z'), n: 2 },
      ],
    ],
    [
      '$group by two fields',
      [{ $group: { _id: { q: '$queue', a: '$agent' } } }, { $count: 'groups' }],
      [{ groups: 4 }],
    ],
    [
      '$unwind',
      [{ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
      [
        { _id: 'a', n: 1 },
        { _id: 'b', n: 2 },
      ],
    ],
    [
      '$lookup by equality',
      [
        { $match: { _id: { $in: [1, 4] } } },
        { $lookup: { from: 'agents', localField: 'agent', foreignField: '_id', as: 'who' } },
        { $project: { who: 1 } },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: 1, who: [{ _id: 1, name: 'Li' }] },
        { _id: 4, who: [] },
      ],
    ],
    [
      '$lookup with let and pipeline',
      [
        { $match: { _id: 2 } },
        {
          $lookup: {
            from: 'agents',
            let: { agent: '$agent' },
            pipeline: [
              { $match: { $expr: { $eq: ['$_id', '$$agent'] } } },
              { $project: { _id: 0, name: 1 } },
            ],
            as: 'who',
          },
        },
        { $project: { who: 1 } },
      ],
      [{ _id: 2, who: [{ name: 'Wang' }] }],
    ],
    [
      '$facet',
      [
        {
          $facet: {
            n: [{ $count: 'n' }],
            first: [{ $sort: { _id: 1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
          },
        },
      ],
      [{ n: [{ n: 4 }], first: [{ _id: 1 }] }],
    ],
    [
      '$bucket',
      [
        { $match: { waitMs: { $exists: true } } },
        { $bucket: { groupBy: '$waitMs', boundaries: [0, 200, 1000], output: { n: { $sum: 1 } } } },
      ],
      [
        { _id: 0, n: 1 },
        { _id: 200, n: 2 },
      ],
    ],
    [
      '$addFields with conditions',
      [
        { $match: { _id: 1 } },
        { $addFields: { slow: { $cond: [{ $gt: ['$waitMs', 50] }, 'yes', 'no'] } } },
        { $project: { slow: 1 } },
      ],
      [{ _id: 1, slow: 'yes' }],
    ],
    [
      '$sort of missing before null types',
      [{ $sort: { waitMs: -1, _id: 1 } }, { $project: { _id: 1 } }],
      [{ _id: 3 }, { _id: 2 }, { _id: 1 }, { _id: 4 }],
    ],
    ['$sortByCount', [{ $sortByCount: '$queue' }, { $limit: 1 }], [{ _id: 'zh', count: 2 }]],
    [
      '$unset by name',
      [{ $match: { _id: 4 } }, { $unset: 'tags' }, { $project: { at: 0 } }],
      [{ _id: 4, queue: null, agent: 9 }],
    ],
  ]
  for (const [what, pipeline, expected] of PIPELINES) {
    it(what, async () => {
      expect(await database.db.collection('calls').aggregate(pipeline).toArray()).to.deep.equal(
        expected,
      )
    })
  }

  it('$merge adds to a rollup, $out replaces a collection', async () => {
    const { db } = database
    const perQueue = [{ $match: { queue: 'zh' } }, { $group: { _id: '$queue', n: { $sum: 1 } } }]
    await db.collection('rollup').insertOne({ _id: 'zh' as never, kept: true })
    await db
      .collection('calls')
      .aggregate([...perQueue, { $merge: { into: 'rollup' } }])
      .toArray()
    expect(await db.collection('rollup').find().toArray()).to.deep.equal([
      { _id: 'zh', kept: true, n: 2 },
    ])
    await db
      .collection('calls')
      .aggregate([...perQueue, { $out: 'rollup' }])
      .toArray()
    expect(await db.collection('rollup').find().toArray()).to.deep.equal([{ _id: 'zh', n: 2 }])
  })

  it('$out leaves the old results where the new ones break a unique index', async () => {
    const from = database.fresh()
    const into = database.fresh()
    await from.insertMany([{ k: 1 }, { k: 1 }])
    await into.createIndex({ k: 1 }, { unique: true })
    await into.insertOne({ k: 'old' })
    const copy = from.aggregate([{ $out: into.collectionName }]).toArray()
    expect((await errorOf(copy)).code).to.equal(11000)
    expect(await into.distinct('k')).to.deep.equal(['old'])
    expect(await into.countDocuments({ k: 'old' })).to.equal(1)
  })

  it('groups by bytes and ids as they are', async () => {
    const collection = database.fresh()
    const a = new Binary(Buffer.from([0xff]))
    const b = new Binary(Buffer.from([0xfe]))
    await collection.insertMany([{ k: a }, { k: b }, { k: a }])
    const groups = await collection
      .aggregate([{ $group: { _id: '$k', n: { $sum: 1 } } }, { $sort: { n: 1 } }])
      .toArray()
    expect(groups.map(({ n }) => n as number)).to.deep.equal([1, 2])
  })

  it('gives a long result in batches', async () => {
    const collection = database.fresh()
    await collection.insertMany(Array.from({ length: 500 }, (_, i) => ({ i })))
    const docs = await collection
      .aggregate([{ $set: { j: { $add: ['$i', 1] } } }], { batchSize: 13 })
      .toArray()
    expect(docs.map(({ j }) => j as number)).to.deep.equal(
      Array.from({ length: 500 }, (_, i) => i + 1),
    )
  })

  it('refuses a stage that is none', async () => {
    const run = (pipeline: Doc[]) =>
      errorOf(database.db.collection('calls').aggregate(pipeline).toArray())
    expect((await run([{ $nope: 1 }])).code).to.equal(40324)
    expect((await run([{ $match: {}, $limit: 1 }])).code).to.equal(40323)
  })
})
