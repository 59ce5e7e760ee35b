import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { connect, createServer } from 'node:net'
import { expect } from 'chai'
import mongoose from 'mongoose'
import type { MongoSettings } from '../../gateway/sources/schema.ts'
import type { Source } from '../../gateway/sources/source.ts'
import type { Sources } from '../../gateway/sources/sources.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'
import { faultOf, OPTIONS, sourcesOf } from './house.ts'

describe('a named question to a MongoDB collection', function () {
  this.timeout(60_000)
  let store: { close(): Promise<void> }
  let relay: Server
  let place: { host: string; port: number }
  const opened: Sources[] = []
  const id = new mongoose.Types.ObjectId()

  before(async () => {
    store = await openTemporaryStore()
    const { connection } = mongoose
    // the embedded engine listens on a local socket, which no source may lead to: a port stands before it
    const { socketPath, host, port } = connection.getClient().options.hosts[0]!
    relay = createServer((socket) => {
      const inner = socketPath ? connect(socketPath) : connect(port!, host)
      for (const [from, to] of [
        [socket, inner],
        [inner, socket],
      ] as const) {
        from.pipe(to)
        from.on('error', () => to.destroy())
      }
    }).listen(0, '127.0.0.1')
    await once(relay, 'listening')
    place = { host: '127.0.0.1', port: (relay.address() as AddressInfo).port }
    await connection.db!.collection('spots').insertMany([
      { _id: id, name: '大雁塔', price: 40, tags: ['塔'], opened: new Date(0), secret: 'x' },
      { name: '城墙', price: 54, secret: 'y' },
      { name: '碑林', price: 75, secret: 'z' },
    ])
  })
  after(async () => {
    await Promise.all(opened.map((each) => each.close()))
    relay.close()
    await store.close()
  })

  function ask(
    settings: Partial<MongoSettings>,
    params: Record<string, unknown> = {},
    { allow, hosts = [place] }: { allow?: string; hosts?: object[] } = {},
  ): Promise<unknown> {
    const sources = sourcesOf(
      [
        {
          ...{ id: 'db', name: { zh: '', en: 'db' }, origin: 'stored', kind: 'mongodb' },
          ...{ parameters: [], cacheSeconds: 0, staleSeconds: 0, timeoutMs: 8000 },
          settings: {
            connection: { hosts, database: mongoose.connection.db!.databaseName, tls: 'off' },
            ...{ collection: 'spots', operation: 'find', maxRows: 100, ...settings },
          },
        } as unknown as Source,
      ],
      allow === undefined ? {} : { allow },
    )
    opened.push(sources)
    return sources.query('db', params, { ...OPTIONS, timeoutMs: 15_000 })
  }

  it('finds by a filter, as plain JSON', async () => {
    const filter = '{"price": {"$gte": "{{least}}"}, "name": {"$ne": "{{but}}"}}'
    const projection = '{"secret": 0}'
    const asked = { filter, projection, sort: '{"price": 1}' }
    const [first, ...others] = (await ask(asked, { least: 40, but: '碑林' })) as object[]
    expect(others).to.have.length(1)
    expect(first).to.deep.equal({
      ...{ _id: id.toHexString(), name: '大雁塔', price: 40, tags: ['塔'] },
      opened: '1970-01-01T00:00:00.000Z',
    })
    const byId = { filter: '{"_id": {"$oid": "{{id}}"}}', projection: '{"name": 1, "_id": 0}' }
    expect(await ask(byId, { id: id.toHexString() })).to.deep.equal([{ name: '大雁塔' }])
    expect(await faultOf(ask(byId, { id: 'no id' }))).to.equal('SOURCE_PARAMETER')
  })

  it('gives no more rows than are wanted, of stages too', async () => {
    expect(await ask({ maxRows: 2 })).to.have.length(2)
    const pipeline = '[{"$match": {"price": {"$gt": "{{p}}"}}}, {"$group": {"_id": null, "n": {"$sum": 1}}}]' // prettier-ignore
    expect(await ask({ operation: 'aggregate', pipeline }, { p: 50 })).to.deep.equal([
      { _id: null, n: 2 },
    ])
  })

  it('a parameter is a value: no operator, no field of the document', async () => {
    const filter = '{"name": "{{name}}"}'
    for (const name of [{ $ne: 'x' }, '{"$ne":"x"}'])
      expect(await ask({ filter }, { name })).to.deep.equal([])
    const pipeline = '[{"$project": {"shown": "{{field}}"}}]'
    const field = ask({ operation: 'aggregate', pipeline }, { field: '$secret' })
    expect(await faultOf(field)).to.equal('SOURCE_PARAMETER')
  })

  for (const pipeline of [
    '[{"$out": "stolen"}]',
    '[{"$merge": {"into": "spots"}}]',
    '[{"$facet": {"a": [{"$merge": "spots"}]}}]',
    '[{"$lookup": {"from": "spots", "as": "a", "pipeline": [{"$out": "stolen"}]}}]',
    '[{"$match": {"$where": "sleep(1000)"}}]',
    '[{"$project": {"a": {"$function": {"body": "f", "args": [], "lang": "js"}}}}]',
    '[{"$currentOp": {}}]',
  ])
    it(`refuses ${pipeline}`, async () => {
      const asked = ask({ operation: 'aggregate', pipeline })
      expect(await faultOf(asked)).to.equal('SOURCE_STATEMENT')
    })

  it('refuses code in a filter, and what is no JSON', async () => {
    expect(await faultOf(ask({ filter: '{"$where": "1"}' }))).to.equal('SOURCE_STATEMENT')
    expect(await faultOf(ask({ filter: '{name: 1}' }))).to.equal('SOURCE_TEMPLATE')
  })

  it('a member that is away is passed over; one that must not be reached stops nothing else', async () => {
    const away = { host: '127.0.0.1', port: 1025 }
    const internal = { host: '10.0.0.1', port: 27017 }
    expect(await ask({}, {}, { hosts: [internal, away, place] })).to.have.length(3)
    expect(await faultOf(ask({}, {}, { hosts: [internal] }))).to.equal('SOURCE_ADDRESS')
    expect(await faultOf(ask({}, {}, { allow: '' }))).to.equal('SOURCE_ADDRESS')
  })
})
