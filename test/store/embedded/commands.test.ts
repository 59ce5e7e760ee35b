import { Long } from 'mongodb'
import { expect } from 'chai'
import type { TestDatabase } from './database.ts'
import { errorOf, openDatabase, REAL_SERVER } from './database.ts'

type Doc = Record<string, unknown>

describe('commands', () => {
  let database: TestDatabase
  before(async () => {
    database = await openDatabase()
  })
  after(() => database.close())

  const refusal = (command: Doc) => errorOf(database.db.command(command))

  it('present a standalone server', async () => {
    const hello = await database.db.admin().command({ hello: 1 })
    expect(hello).to.include({ isWritablePrimary: true, ok: 1 })
    if (!REAL_SERVER) expect(hello).to.not.have.property('setName')
    expect(await database.db.command({ ping: 1 })).to.have.property('ok', 1)
    const info = await database.db.admin().command({ buildInfo: 1 })
    expect(info.version).to.match(/^\d+\.\d+\.\d+/)
  })

  it('create, list and drop collections and databases', async () => {
    const other = database.client.db(`${database.db.databaseName}_other`)
    await other.createCollection('b')
    await other.collection('a').insertOne({ x: 1 })
    const names = (await other.listCollections().toArray()).map(({ name }) => name).sort()
    expect(names).to.deep.equal(['a', 'b'])
    expect(await other.listCollections({ name: 'a' }).toArray()).to.have.length(1)
    expect((await errorOf(other.createCollection('b'))).code).to.equal(48)
    const databases = await database.db.admin().listDatabases()
    expect(databases.databases.map(({ name }) => name)).to.include(other.databaseName)
    expect(await other.dropCollection('a')).to.equal(true)
    expect(await other.collection('a').countDocuments()).to.equal(0)
    await other.dropDatabase()
    expect(await other.listCollections().toArray()).to.deep.equal([])
  })

  it('refuse documents a validator does not accept', async () => {
    const collection = await database.db.createCollection('validated', {
      validator: { n: { $gt: 0 } },
    })
    await collection.insertOne({ n: 1 })
    expect((await errorOf(collection.insertOne({ n: 0 }))).code).to.equal(121)
    expect((await errorOf(collection.updateOne({ n: 1 }, { $set: { n: -1 } }))).code).to.equal(121)
    await collection.insertOne({ n: 0 }, { bypassDocumentValidation: true })
  })

  it('change an index with collMod', async () => {
    const collection = database.fresh()
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 100 })
    await database.db.command({
      collMod: collection.collectionName,
      index: { keyPattern: { at: 1 }, expireAfterSeconds: 200 },
    })
    expect((await collection.indexes())[1]?.expireAfterSeconds).to.equal(200)
  })

  const REFUSED: [string, Doc, number][] = [
    ['an unknown command', { nope: 1 }, 59],
    ['an invalid collection name', { find: 'a$b' }, 73],
    ['an empty collection name', { find: '' }, 73],
    ['a filter that is no document', { find: 'x', filter: 5 }, 14],
    ['a negative skip', { find: 'x', skip: -1 }, 51024],
    ['an empty batch', { insert: 'x', documents: [] }, 2],
    ['indexes of a collection that is not there', { listIndexes: 'nowhere' }, 26],
    ['a cursor that is not there', { getMore: Long.fromNumber(12345), collection: 'x' }, 43],
    ['findAndModify without a task', { findAndModify: 'x', query: {} }, 9],
    ['a pipeline that is no list', { aggregate: 'x', pipeline: {}, cursor: {} }, 14],
    ['a text as update', { findAndModify: 'x', query: {}, update: 'x' }, 9],
  ]
  for (const [what, command, code] of REFUSED) {
    it(`refuse ${what}`, async () => {
      expect((await refusal(command)).code).to.equal(code)
    })
  }

  const WRITE_REFUSED: [string, Doc, number][] = [
    ['an array as _id', { insert: 'w', documents: [{ _id: [1] }] }, 53],
    ['a $ field in an _id', { insert: 'w', documents: [{ _id: { $a: 1 } }] }, 52],
    ['a delete of two', { delete: 'w', deletes: [{ q: {}, limit: 2 }] }, 9],
  ]
  for (const [what, command, code] of WRITE_REFUSED) {
    it(`refuse ${what}`, async () => {
      const reply = await database.db
        .command(command)
        .catch((error: unknown) => ({ writeErrors: [error] }))
      const [first] = reply.writeErrors as { code: number }[]
      expect(first?.code).to.equal(code)
    })
  }

  it('keep what a client sent, byte for byte in type and order', async () => {
    const collection = database.fresh()
    const doc = { z: 1, _id: 5 as never, a: Long.fromNumber(7), d: 1.5, n: null, e: {}, l: [] }
    await collection.insertOne(doc)
    const found = await collection.findOne({}, { promoteLongs: false })
    expect(Object.keys(found!)).to.deep.equal(['_id', 'z', 'a', 'd', 'n', 'e', 'l'])
    expect(found?.a).to.be.instanceOf(Long)
  })

  it('refuse a document above 16 MB', async () => {
    const collection = database.fresh()
    await collection.insertOne({ _id: 1 as never, text: 'x'.repeat(9_000_000) })
    const grow = collection.updateOne(
      { _id: 1 as never },
      { $set: { more: 'x'.repeat(9_000_000) } },
    )
    expect((await errorOf(grow)).code).to.be.oneOf([17419, 10334])
    expect(await collection.countDocuments({ more: { $exists: true } })).to.equal(0)
  })
})

describe('what the embedded engine leaves out', () => {
  let database: TestDatabase
  before(async function () {
    if (REAL_SERVER) this.skip()
    database = await openDatabase()
    await database.db.collection('x').insertOne({})
  })
  after(async () => {
    if (database) await database.close()
  })

  const COMMANDS: [string, Doc][] = [
    ['$where', { find: 'x', filter: { $where: '1' } }],
    ['$text', { find: 'x', filter: { $text: { $search: 'a' } } }],
    ['$geo', { find: 'x', filter: { p: { $geoWithin: {} } } }],
    ['$near', { find: 'x', filter: { p: { $near: [1, 2] } } }],
    ['$jsonSchema', { find: 'x', filter: { $jsonSchema: {} } }],
    ['change streams', { aggregate: 'x', pipeline: [{ $changeStream: {} }], cursor: {} }],
    ['$function', { aggregate: 'x', pipeline: [{ $set: { a: { $function: {} } } }], cursor: {} }],
    ['capped collections', { create: 'y', capped: true, size: 100 }],
    ['time series', { create: 'y', timeseries: { timeField: 't' } }],
    ['views', { create: 'y', viewOn: 'x' }],
    ['text indexes', { createIndexes: 'x', indexes: [{ key: { a: 'text' }, name: 'a' }] }],
    ['wildcard indexes', { createIndexes: 'x', indexes: [{ key: { '$**': 1 }, name: 'a' }] }],
    ['renameCollection', { renameCollection: 'a.x', to: 'a.y' }],
    ['mapReduce', { mapReduce: 'x' }],
  ]
  for (const [what, command] of COMMANDS) {
    it(`${what}: says so`, async () => {
      const error = await errorOf(database.db.command(command))
      expect([error.code, error.codeName]).to.deep.equal([115, 'CommandNotSupported'])
      expect(error.message).to.match(/not supported/)
    })
  }

  it('collations: says so', async () => {
    const cursor = database.db.collection('x').find({}).collation({ locale: 'zh' })
    expect((await errorOf(cursor.toArray())).message).to.match(/collation is not supported/)
  })

  it('transactions: says so', async () => {
    const session = database.client.startSession()
    const attempt = session.withTransaction(() =>
      database.db.collection('x').insertOne({}, { session }),
    )
    expect((await errorOf(attempt)).message).to.match(/does not support|Transaction numbers/)
    await session.endSession()
  })
})
