import { Binary, Long, ObjectId } from 'mongodb'
import { expect } from 'chai'
import type { TestDatabase } from './database.ts'
import { errorOf, openDatabase } from './database.ts'

type Doc = Record<string, unknown>

interface Case {
  before: Doc
  update: Doc | Doc[]
  after?: Doc
  error?: number
  filter?: Doc
  arrayFilters?: Doc[]
}

const CASES: Record<string, Case> = {
  '$set makes the documents on the way': {
    before: {},
    update: { $set: { 'a.b.c': 1 } },
    after: { a: { b: { c: 1 } } },
  },
  '$set into an array pads with null': {
    before: { a: [1] },
    update: { $set: { 'a.3': 4 } },
    after: { a: [1, null, null, 4] },
  },
  '$set below null': { before: { a: null }, update: { $set: { 'a.b': 1 } }, error: 28 },
  '$set below a number': { before: { a: 5 }, update: { $set: { 'a.b': 1 } }, error: 28 },
  '$set a name in an array': { before: { a: [1] }, update: { $set: { 'a.b': 1 } }, error: 28 },
  '$set adds new fields in order of their names': {
    before: { x: 0 },
    update: { $set: { b: 1, a: 2 } },
    after: { x: 0, a: 2, b: 1 },
  },
  '$set __proto__ stays a refusal': {
    before: {},
    update: JSON.parse('{"$set":{"__proto__.x":1}}') as Doc,
    error: 2,
  },
  $unset: { before: { a: 1, b: 2 }, update: { $unset: { a: '' } }, after: { b: 2 } },
  '$unset an array element': {
    before: { a: [1, 2] },
    update: { $unset: { 'a.0': '' } },
    after: { a: [null, 2] },
  },
  $inc: { before: { a: 1 }, update: { $inc: { a: 2, b: 5 } }, after: { a: 3, b: 5 } },
  '$inc a text': { before: { a: 'x' }, update: { $inc: { a: 1 } }, error: 14 },
  '$inc by a text': { before: { a: 1 }, update: { $inc: { a: '1' } }, error: 14 },
  '$inc null': { before: { a: null }, update: { $inc: { a: 1 } }, error: 14 },
  '$inc an int64': {
    before: { a: Long.fromString('9007199254740993') },
    update: { $inc: { a: 1 } },
    after: { a: Long.fromString('9007199254740994') },
  },
  $mul: { before: { a: 3 }, update: { $mul: { a: 2, b: 5 } }, after: { a: 6, b: 0 } },
  $min: {
    before: { a: 3, b: 3 },
    update: { $min: { a: 2, b: 9, c: 1 } },
    after: { a: 2, b: 3, c: 1 },
  },
  '$max across types': { before: { a: 3 }, update: { $max: { a: 'x' } }, after: { a: 'x' } },
  $rename: {
    before: { a: 1, b: 2 },
    update: { $rename: { a: 'c.d' } },
    after: { b: 2, c: { d: 1 } },
  },
  '$rename what is not there': {
    before: { b: 2 },
    update: { $rename: { a: 'c' } },
    after: { b: 2 },
  },
  '$setOnInsert is no update': {
    before: { a: 1 },
    update: { $set: { b: 1 }, $setOnInsert: { c: 1 } },
    after: { a: 1, b: 1 },
  },
  $push: { before: { a: [1] }, update: { $push: { a: 2, b: 3 } }, after: { a: [1, 2], b: [3] } },
  '$push onto a number': { before: { a: 5 }, update: { $push: { a: 1 } }, error: 2 },
  '$push $each $position': {
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [8, 9], $position: 1 } } },
    after: { a: [1, 8, 9, 2] },
  },
  '$push $sort $slice': {
    before: { a: [{ n: 3 }, { n: 1 }] },
    update: { $push: { a: { $each: [{ n: 2 }], $sort: { n: 1 }, $slice: 2 } } },
    after: { a: [{ n: 1 }, { n: 2 }] },
  },
  '$push $slice from the end': {
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [3], $slice: -2 } } },
    after: { a: [2, 3] },
  },
  '$push $sort of mixed numbers': {
    before: { a: [3, 1] },
    update: { $push: { a: { $each: [2], $sort: -1 } } },
    after: { a: [3, 2, 1] },
  },
  $addToSet: {
    before: { a: [1] },
    update: { $addToSet: { a: { $each: [1, 2, 2] } } },
    after: { a: [1, 2] },
  },
  '$addToSet with documents of other field order': {
    before: { a: [{ x: 1, y: 2 }] },
    update: { $addToSet: { a: { y: 2, x: 1 } } },
    after: {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  },
  '$addToSet of different bytes': {
    before: { a: [new Binary(Buffer.from([0xff]))] },
    update: { $addToSet: { a: new Binary(Buffer.from([0xfe])) } },
    after: { a: [new Binary(Buffer.from([0xff])), new Binary(Buffer.from([0xfe]))] },
  },
  $pop: {
    before: { a: [1, 2, 3], b: [1, 2, 3] },
    update: { $pop: { a: 1, b: -1 } },
    after: { a: [1, 2], b: [2, 3] },
  },
  '$pop from a number': { before: { a: 5 }, update: { $pop: { a: 1 } }, error: 14 },
  '$pull a value': { before: { a: [1, 2, 1] }, update: { $pull: { a: 1 } }, after: { a: [2] } },
  '$pull by condition': {
    before: { a: [1, 5, 9] },
    update: { $pull: { a: { $gte: 5 } } },
    after: { a: [1] },
  },
  '$pull documents': {
    before: { a: [{ x: 1, y: 1 }, { x: 2 }] },
    update: { $pull: { a: { x: 1 } } },
    after: { a: [{ x: 2 }] },
  },
  $pullAll: { before: { a: [1, 2, 3] }, update: { $pullAll: { a: [1, 3] } }, after: { a: [2] } },
  $bit: { before: { a: 6 }, update: { $bit: { a: { and: 3 } } }, after: { a: 2 } },
  'positional $': {
    before: {
      a: [
        { k: 1, v: 0 },
        { k: 2, v: 0 },
      ],
    },
    filter: { 'a.k': 2 },
    update: { $set: { 'a.$.v': 9 } },
    after: {
      a: [
        { k: 1, v: 0 },
        { k: 2, v: 9 },
      ],
    },
  },
  'positional $ with $elemMatch of two conditions': {
    before: {
      a: [
        { k: 1, s: 'x' },
        { k: 1, s: 'y' },
      ],
    },
    filter: { a: { $elemMatch: { k: 1, s: 'y' } } },
    update: { $inc: { 'a.$.k': 10 } },
    after: {
      a: [
        { k: 1, s: 'x' },
        { k: 11, s: 'y' },
      ],
    },
  },
  'positional $ without an array in the filter': {
    before: { a: [1] },
    update: { $set: { 'a.$': 2 } },
    error: 2,
  },
  'all elements $[]': {
    before: { a: [{ n: 1 }, { n: 2 }] },
    update: { $inc: { 'a.$[].n': 10 } },
    after: { a: [{ n: 11 }, { n: 12 }] },
  },
  '$[] on what is no array': { before: { a: 1 }, update: { $set: { 'a.$[]': 2 } }, error: 2 },
  'filtered elements $[id]': {
    before: { a: [{ n: 1 }, { n: 5 }, { n: 9 }] },
    update: { $set: { 'a.$[big].x': true } },
    arrayFilters: [{ 'big.n': { $gte: 5 } }],
    after: { a: [{ n: 1 }, { n: 5, x: true }, { n: 9, x: true }] },
  },
  'filtered elements in two levels': {
    before: {
      a: [
        { k: 1, b: [1, 2] },
        { k: 2, b: [1, 2] },
      ],
    },
    update: { $set: { 'a.$[o].b.$[i]': 0 } },
    arrayFilters: [{ 'o.k': 2 }, { i: { $gt: 1 } }],
    after: {
      a: [
        { k: 1, b: [1, 2] },
        { k: 2, b: [1, 0] },
      ],
    },
  },
  'an array filter that is not used': {
    before: { a: [1] },
    update: { $set: { b: 1 } },
    arrayFilters: [{ x: 1 }],
    error: 9,
  },
  'an identifier without a filter': {
    before: { a: [1] },
    update: { $set: { 'a.$[x]': 1 } },
    error: 2,
  },
  'two operators on one path': {
    before: {},
    update: { $set: { a: 1 }, $inc: { a: 1 } },
    error: 40,
  },
  'two operators on a path and one below': {
    before: {},
    update: { $set: { a: 1 }, $inc: { 'a.b': 1 } },
    error: 40,
  },
  'an unknown operator': { before: {}, update: { $nope: { a: 1 } }, error: 9 },
  'an empty path segment': { before: {}, update: { $set: { 'a..b': 1 } }, error: 56 },
  '$set of an equal _id': { before: { a: 1 }, update: { $set: { _id: 1, a: 2 } }, after: { a: 2 } },
  '$set of another _id': { before: { a: 1 }, update: { $set: { _id: 2 } }, error: 66 },
  'a pipeline': {
    before: { a: 1, b: 2 },
    update: [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'a' }],
    after: { b: 2, sum: 3 },
  },
}

describe('updates', () => {
  let database: TestDatabase
  before(async () => {
    database = await openDatabase()
  })
  after(() => database.close())

  for (const [situation, { before, update, after, error, filter, arrayFilters }] of Object.entries(
    CASES,
  )) {
    it(situation, async () => {
      const collection = database.fresh()
      await collection.insertOne({ _id: 1 as never, ...before })
      const run = () =>
        collection.updateOne({ _id: 1 as never, ...filter }, update, { arrayFilters })
      if (error !== undefined) {
        expect((await errorOf(run())).code).to.equal(error)
        expect(await collection.findOne()).to.deep.equal({ _id: 1, ...before })
        return
      }
      expect((await run()).matchedCount).to.equal(1)
      const found = await collection.findOne({}, { promoteLongs: false })
      expect(found).to.deep.equal({ _id: 1, ...after })
      expect(Object.keys(found!)).to.deep.equal(['_id', ...Object.keys(after!)])
    })
  }

  it('counts what matched and what changed', async () => {
    const collection = database.fresh()
    await collection.insertMany([{ a: 1 }, { a: 1 }, { a: 2 }])
    const result = await collection.updateMany({}, { $set: { a: 1 } })
    expect([result.matchedCount, result.modifiedCount]).to.deep.equal([3, 1])
  })

  it('sets the current date', async () => {
    const collection = database.fresh()
    await collection.insertOne({})
    const from = Date.now() - 1000
    await collection.updateOne({}, { $currentDate: { at: true } })
    const found = await collection.findOne()
    expect((found?.at as Date).getTime()).to.be.within(from, Date.now() + 1000)
  })

  it('replaces a document and keeps its _id first', async () => {
    const collection = database.fresh()
    await collection.insertOne({ _id: 1 as never, a: 1 })
    await collection.replaceOne({ a: 1 }, { b: 2 })
    expect(await collection.findOne()).to.deep.equal({ _id: 1, b: 2 })
    expect(
      (await errorOf(collection.replaceOne({ b: 2 }, { _id: 9 as never, c: 1 }))).code,
    ).to.equal(66)
  })

  it('upserts the equalities of the filter and $setOnInsert', async () => {
    const collection = database.fresh()
    const result = await collection.updateOne(
      { a: 1, 'b.c': { $eq: 2 }, d: { $gt: 5 }, $and: [{ e: 3 }] },
      { $set: { x: 1 }, $setOnInsert: { y: 2 } },
      { upsert: true },
    )
    expect(result.upsertedId).to.be.instanceOf(ObjectId)
    const { _id, ...rest } = (await collection.findOne())!
    expect(_id).to.deep.equal(result.upsertedId)
    expect(rest).to.deep.equal({ a: 1, b: { c: 2 }, e: 3, x: 1, y: 2 })
  })

  it('upserts a replacement under the _id of the filter', async () => {
    const collection = database.fresh()
    await collection.replaceOne({ _id: 7 as never }, { a: 1 }, { upsert: true })
    expect(await collection.findOne()).to.deep.equal({ _id: 7, a: 1 })
  })

  it('refuses a replacement of many', async () => {
    const error = await errorOf(
      database.db
        .command({ update: 'x', updates: [{ q: {}, u: { a: 1 }, multi: true }] })
        .then((reply) => {
          const [first] = reply.writeErrors as { code: number }[]
          throw Object.assign(new Error(), { code: first?.code })
        }),
    )
    expect(error.code).to.equal(9)
  })

  it('goes on after an error only when unordered', async () => {
    const collection = database.fresh()
    await collection.insertOne({ _id: 1 as never })
    const docs = [{ _id: 2 }, { _id: 1 }, { _id: 3 }] as never[]
    const ordered = await errorOf(collection.insertMany(docs))
    expect([ordered.code, await collection.countDocuments()]).to.deep.equal([11000, 2])
    await collection.deleteMany({ _id: { $ne: 1 as never } })
    await errorOf(collection.insertMany(docs, { ordered: false }))
    expect(await collection.countDocuments()).to.equal(3)
  })

  it('loses none of 200 increments at once', async () => {
    const collection = database.fresh()
    await collection.insertOne({ _id: 1 as never, n: 0 })
    await Promise.all(
      Array.from({ length: 200 }, () =>
        collection.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }),
      ),
    )
    expect((await collection.findOne())?.n).to.equal(200)
  })

  it('lets one of many conditional writes win', async () => {
    const collection = database.fresh()
    await collection.insertOne({ _id: 1 as never, epoch: 0 })
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        collection.updateOne(
          { _id: 1 as never, epoch: 0 },
          { $set: { owner: i }, $inc: { epoch: 1 } },
        ),
      ),
    )
    expect(results.filter(({ modifiedCount }) => modifiedCount === 1)).to.have.length(1)
  })

  it('makes one document of many upserts at once', async () => {
    const collection = database.fresh()
    await collection.createIndex({ key: 1 }, { unique: true })
    await Promise.all(
      Array.from({ length: 40 }, () =>
        collection.updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true }),
      ),
    )
    expect(await collection.find({}, { projection: { _id: 0 } }).toArray()).to.deep.equal([
      { key: 'k', n: 40 },
    ])
  })
})

describe('findAndModify', () => {
  let database: TestDatabase
  before(async () => {
    database = await openDatabase()
  })
  after(() => database.close())

  it('gives 50 claims at once 50 different documents, best first', async () => {
    const queue = database.fresh()
    await queue.createIndex({ state: 1, priority: -1 })
    await queue.insertMany(Array.from({ length: 60 }, (_, i) => ({ state: 'queued', priority: i })))
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, agent) =>
        queue.findOneAndUpdate(
          { state: 'queued' },
          { $set: { state: 'offered', agent } },
          { sort: { priority: -1 }, returnDocument: 'after' },
        ),
      ),
    )
    expect(new Set(claims.map((claim) => String(claim?._id))).size).to.equal(50)
    const priorities = claims.map((claim) => Number(claim?.priority)).sort((a, b) => a - b)
    expect(priorities).to.deep.equal(Array.from({ length: 50 }, (_, i) => i + 10))
  })

  it('returns the document before or after, with a projection', async () => {
    const collection = database.fresh()
    await collection.insertOne({ _id: 1 as never, a: 1, b: 1 })
    const before = await collection.findOneAndUpdate({ _id: 1 as never }, { $inc: { a: 1 } })
    const after = await collection.findOneAndUpdate(
      { _id: 1 as never },
      { $inc: { a: 1 } },
      { returnDocument: 'after', projection: { a: 1 } },
    )
    expect([before, after]).to.deep.equal([
      { _id: 1, a: 1, b: 1 },
      { _id: 1, a: 3 },
    ])
  })

  it('removes by sort, upserts, and says what it did', async () => {
    const collection = database.fresh()
    await collection.insertMany([{ n: 1 }, { n: 3 }, { n: 2 }])
    expect((await collection.findOneAndDelete({}, { sort: { n: -1 } }))?.n).to.equal(3)
    const reply = await collection.findOneAndUpdate(
      { n: 9 },
      { $set: { x: 1 } },
      { upsert: true, returnDocument: 'after', includeResultMetadata: true },
    )
    expect(reply.lastErrorObject?.updatedExisting).to.equal(false)
    expect(reply.value?.n).to.equal(9)
    expect(await collection.findOneAndUpdate({ n: 100 }, { $set: { x: 1 } })).to.equal(null)
  })

  it('takes array filters and pipelines', async () => {
    const collection = database.fresh()
    await collection.insertOne({ a: [1, 2, 3] })
    await collection.findOneAndUpdate(
      {},
      { $set: { 'a.$[e]': 0 } },
      { arrayFilters: [{ e: { $gt: 1 } }] },
    )
    const piped = await collection.findOneAndUpdate({}, [{ $set: { n: { $size: '$a' } } }], {
      returnDocument: 'after',
    })
    expect([piped?.a, piped?.n]).to.deep.equal([[1, 0, 0], 3])
  })
})
