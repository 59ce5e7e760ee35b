import { Long, ObjectId } from 'bson'
import { expect } from 'chai'
import type { Collection, TestDatabase } from './database.ts'
import { errorOf, openDatabase, REAL_SERVER } from './database.ts'

describe('indexes', () => {
  let database: TestDatabase
  before(async () => {
    database = await openDatabase({ ttlIntervalMs: 50 })
  })
  after(() => database.close())

  const insertError = async (collection: Collection, doc: Record<string, unknown>) =>
    errorOf(collection.insertOne(doc))

  it('report a duplicate key with pattern, value and the usual sentence', async () => {
    const collection = database.fresh()
    await collection.createIndex({ kind: 1, 'of.phone': 1 }, { unique: true, name: 'identity' })
    await collection.insertOne({ kind: 'phone', of: { phone: '123' } })
    const error = await insertError(collection, { kind: 'phone', of: { phone: '123' } })
    expect(error.code).to.equal(11000)
    expect(error.keyPattern).to.deep.equal({ kind: 1, 'of.phone': 1 })
    expect(error.keyValue).to.deep.equal({ kind: 'phone', 'of.phone': '123' })
    expect(error.message).to.match(
      /^E11000 duplicate key error collection: .+ index: identity dup key: \{ kind: "phone", of\.phone: "123" \}/,
    )
  })

  it('report a duplicate _id', async () => {
    const collection = database.fresh()
    const _id = new ObjectId()
    await collection.insertOne({ _id })
    const error = await insertError(collection, { _id })
    expect([error.code, error.keyPattern]).to.deep.equal([11000, { _id: 1 }])
  })

  it('refuse a duplicate made by an update, an upsert or findAndModify', async () => {
    const collection = database.fresh()
    await collection.createIndex({ k: 1 }, { unique: true })
    await collection.insertMany([{ k: 1 }, { k: 2 }])
    const errors = [
      await errorOf(collection.updateOne({ k: 2 }, { $set: { k: 1 } })),
      await errorOf(collection.updateOne({ x: 1 }, { $set: { k: 1 } }, { upsert: true })),
      await errorOf(collection.findOneAndUpdate({ k: 2 }, { $inc: { k: -1 } })),
    ]
    expect(errors.map(({ code }) => code)).to.deep.equal([11000, 11000, 11000])
    expect(
      await collection
        .find()
        .sort({ k: 1 })
        .map((doc) => doc.k as number)
        .toArray(),
    ).to.deep.equal([1, 2])
  })

  it('take the key of a removed or changed document again', async () => {
    const collection = database.fresh()
    await collection.createIndex({ k: 1 }, { unique: true })
    await collection.insertMany([{ k: 1 }, { k: 2 }])
    await collection.deleteOne({ k: 1 })
    await collection.updateOne({ k: 2 }, { $set: { k: 1 } })
    await collection.insertOne({ k: 2 })
    expect(await collection.countDocuments({ k: { $in: [1, 2] } })).to.equal(2)
  })

  it('count a missing field as null in a unique index, and not at all in a sparse one', async () => {
    const strict = database.fresh()
    await strict.createIndex({ k: 1 }, { unique: true })
    await strict.insertOne({})
    expect((await insertError(strict, { k: null })).code).to.equal(11000)
    const sparse = database.fresh()
    await sparse.createIndex({ k: 1 }, { unique: true, sparse: true })
    await sparse.insertMany([{}, {}, { k: null }])
    expect((await insertError(sparse, { k: null })).code).to.equal(11000)
  })

  it('see 1, 1.0 and Long 1 as one key', async () => {
    const collection = database.fresh()
    await collection.createIndex({ k: 1 }, { unique: true })
    await collection.insertOne({ k: 1 })
    expect((await insertError(collection, { k: Long.ONE })).code).to.equal(11000)
    await collection.insertOne({ k: '1' })
  })

  it('make every element of an array unique, though not within one document', async () => {
    const collection = database.fresh()
    await collection.createIndex({ tags: 1 }, { unique: true })
    await collection.insertOne({ tags: ['a', 'b', 'a'] })
    expect((await insertError(collection, { tags: ['c', 'b'] })).code).to.equal(11000)
    await collection.updateOne({ tags: 'a' }, { $pull: { tags: 'b' as never } })
    await collection.insertOne({ tags: ['c', 'b'] })
  })

  it('hold a partial unique index to the documents in it, also as they come and go', async () => {
    const collection = database.fresh()
    const partialFilterExpression = { state: 'open' }
    await collection.createIndex({ thread: 1 }, { unique: true, partialFilterExpression })
    await collection.insertMany([
      { _id: 1 as never, thread: 't', state: 'open' },
      { _id: 2 as never, thread: 't', state: 'closed' },
    ])
    expect((await insertError(collection, { thread: 't', state: 'open' })).code).to.equal(11000)
    const reopen = () => collection.updateOne({ _id: 2 as never }, { $set: { state: 'open' } })
    expect((await errorOf(reopen())).code).to.equal(11000)
    await collection.updateOne({ _id: 1 as never }, { $set: { state: 'closed' } })
    expect((await reopen()).modifiedCount).to.equal(1)
  })

  it('cannot be unique over duplicates, and leave no trace then', async () => {
    const collection = database.fresh()
    await collection.insertMany([{ k: 1 }, { k: 1 }])
    expect((await errorOf(collection.createIndex({ k: 1 }, { unique: true }))).code).to.equal(11000)
    expect(await collection.indexes()).to.have.length(1)
    expect(await collection.countDocuments({ k: 1 })).to.equal(2)
  })

  it('refuse two parallel arrays', async () => {
    const collection = database.fresh()
    await collection.createIndex({ a: 1, b: 1 })
    await collection.insertOne({ a: [1, 2], b: 1 })
    expect((await insertError(collection, { a: [1], b: [1] })).code).to.equal(171)
  })

  it('are listed with their options and dropped by name, key or all', async () => {
    const collection = database.fresh()
    await collection.createIndexes([
      { key: { a: 1 }, name: 'a', sparse: true },
      { key: { b: -1 }, name: 'b', partialFilterExpression: { c: { $gt: 1 } } },
      { key: { at: 1 }, name: 'at', expireAfterSeconds: 60 },
    ])
    const indexes = await collection.indexes()
    expect(indexes.map(({ name }) => name)).to.deep.equal(['_id_', 'a', 'b', 'at'])
    expect(indexes[1]).to.include({ v: 2, sparse: true })
    expect(indexes[2]!.partialFilterExpression).to.deep.equal({ c: { $gt: 1 } })
    expect(indexes[3]!.expireAfterSeconds).to.equal(60)
    await collection.dropIndex('a')
    expect((await errorOf(collection.dropIndex('a'))).code).to.equal(27)
    expect((await errorOf(collection.dropIndex('_id_'))).code).to.equal(72)
    await collection.dropIndexes()
    expect(await collection.indexes()).to.have.length(1)
  })

  it('may be asked for again, but not under another name or with other options', async () => {
    const collection = database.fresh()
    await collection.createIndex({ a: 1 })
    await collection.createIndex({ a: 1 })
    expect((await errorOf(collection.createIndex({ a: 1 }, { name: 'other' }))).code).to.equal(85)
    expect((await errorOf(collection.createIndex({ b: 1 }, { name: 'a_1' }))).code).to.equal(86)
    expect((await errorOf(collection.createIndex({ a: 1 }, { unique: true }))).code).to.equal(86)
    expect((await errorOf(collection.createIndex({}))).code).to.equal(67)
  })

  it('let a hundred clients ask for the same index at once', async () => {
    const collection = database.fresh()
    await collection.insertMany(Array.from({ length: 50 }, (_, i) => ({ i })))
    await Promise.all(
      Array.from({ length: 100 }, () => collection.createIndex({ i: 1 }, { unique: true })),
    )
    expect(await collection.indexes()).to.have.length(2)
    expect(await collection.find({ i: 7 }).toArray()).to.have.length(1)
  })

  it('hold long texts apart and find them', async () => {
    const collection = database.fresh()
    await collection.createIndex({ text: 1 }, { unique: true })
    const long = 'x'.repeat(4000)
    await collection.insertMany([{ text: `${long}1` }, { text: `${long}2` }])
    expect((await insertError(collection, { text: `${long}2` })).code).to.equal(11000)
    expect(await collection.countDocuments({ text: `${long}1` })).to.equal(1)
    expect(await collection.countDocuments({ text: { $gt: 'x' } })).to.equal(2)
    const sorted = await collection.find().sort({ text: -1 }).toArray()
    expect(sorted.map((doc) => String(doc.text).slice(-1))).to.deep.equal(['2', '1'])
  })

  it('remove what has expired, and nothing else', async function () {
    // a server looks once a minute
    if (REAL_SERVER) this.skip()
    const collection = database.fresh()
    await collection.createIndex(
      { at: 1 },
      { expireAfterSeconds: 10, partialFilterExpression: { kind: 'nonce' } },
    )
    const old = new Date(Date.now() - 20_000)
    await collection.insertMany([
      { _id: 1 as never, at: old, kind: 'nonce' },
      { _id: 2 as never, at: new Date(), kind: 'nonce' },
      { _id: 3 as never, at: old, kind: 'other' },
      { _id: 4 as never, at: 5, kind: 'nonce' },
      { _id: 5 as never, at: [new Date(), old], kind: 'nonce' },
    ])
    const deadline = Date.now() + 5000
    while ((await collection.countDocuments()) > 3 && Date.now() < deadline);
    const left = await collection.find().sort({ _id: 1 }).toArray()
    expect(left.map(({ _id }) => Number(_id))).to.deep.equal([2, 3, 4])
  })
})
