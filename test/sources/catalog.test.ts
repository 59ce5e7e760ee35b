import { expect } from 'chai'
import { createBus } from '../../gateway/bus/bus.ts'
import { FlowModel, FlowVersionModel } from '../../gateway/flows/model.ts'
import { parseAllowList } from '../../gateway/outgoing/allow-list.ts'
import { AddressGuard } from '../../gateway/outgoing/address-guard.ts'
import { SourceCatalog } from '../../gateway/sources/catalog.ts'
import { bundledSource, fileSource } from '../../gateway/sources/given-sources.ts'
import { SourceModel } from '../../gateway/sources/model.ts'
import { sourceRoutes } from '../../gateway/sources/routes.ts'
import type { SourceDetail, SourceView, TrySourceView } from '../../gateway/sources/schema.ts'
import { sourceDetail, sourceView, trySourceView } from '../../gateway/sources/schema.ts'
import { Sources } from '../../gateway/sources/sources.ts'
import type { Door } from '../harness/route-door.ts'
import { member, openDoor } from '../harness/route-door.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'
import { faultOf, httpDefaults, OPTIONS, Service } from './house.ts'

const SECRET = 'k3y-nobody-sees'

describe('data sources over REST', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let service: Service
  let door: Door
  let sources: Sources

  before(async () => {
    store = await openTemporaryStore()
    service = await new Service(({ url, headers }, response) => {
      if (url.startsWith('/closed')) return response.writeHead(401).end()
      response.end(
        JSON.stringify({ list: [{ n: '城墙', p: 54 }], key: headers.authorization ?? null }),
      )
    }).listen()
    const bus = createBus((_topic, error) => {
      throw error
    })
    sources = new Sources({
      given: [
        bundledSource({
          ...{ id: 'weather', name: { zh: '天气', en: 'Weather' }, key: 'month' },
          rows: [{ month: 7, high: 32 }],
        }),
        fileSource({ id: 'metro', kind: 'http', url: `${service.base}/metro` }),
      ],
      guard: new AddressGuard(parseAllowList('127.0.0.0/8')),
      ...{ secret: 's', now: () => 1000 },
    })
    await sources.start(bus, (error) => {
      throw error
    })
    const catalog = new SourceCatalog({ sources, bus, secret: 's', now: () => 1000 })
    door = await openDoor(sourceRoutes(catalog), [
      member('content', 'content'),
      member('lin', 'agent'),
    ])
  })
  after(async () => {
    await sources.close()
    await door.close()
    service.close()
    await store.close()
  })

  async function ask<T>(method: string, path: string, body?: unknown) {
    const response = await door.ask('content', method, path, body === undefined ? {} : { body })
    const text = await response.text()
    return { status: response.status, text, body: (text ? JSON.parse(text) : undefined) as T }
  }
  const list = async () => {
    const { body } = await ask<{ items: SourceView[] }>('GET', '/sources')
    for (const item of body.items) sourceView.parse(item)
    return new Map(body.items.map((item) => [item.id, item]))
  }
  const draft = (changes: object = {}) => ({
    ...{ name: { zh: '门票', en: 'Tickets' }, parameters: [{ name: 'city', required: false }] },
    ...{ cacheSeconds: 0, staleSeconds: 0, timeoutMs: 2000, kind: 'http' },
    settings: { ...httpDefaults, url: `${service.base}/t?c={{city}}`, auth: { kind: 'bearer' } },
    ...changes,
  })

  it('bundled tables and those of the file are listed with parameters and fields', async () => {
    const found = await list()
    expect(found.get('weather')).to.deep.include({
      ...{ kind: 'table', origin: 'bundled', list: true, fields: ['0.month', '0.high'] },
      parameters: [{ name: 'month', required: false, example: '7' }],
    })
    expect(found.get('metro')).to.include({ kind: 'http', origin: 'file' })
  })

  it('an agent sees none', async () => {
    expect((await door.ask('lin', 'GET', '/sources')).status).to.equal(403)
  })

  it('what is typed is tried before it is saved: raw, mapped, and what fields there are', async () => {
    const mapping = { list: 'list', fields: [{ name: 'price', path: 'p' }] }
    const body = { ...draft({ mapping }), secret: SECRET, params: { city: '西安' } }
    const { body: tried } = await ask<TrySourceView>('POST', '/sources/try', body)
    trySourceView.parse(tried)
    expect(tried).to.deep.include({ ok: true, mapped: [{ price: 54 }] })
    expect(tried.raw).to.deep.equal({ list: [{ n: '城墙', p: 54 }], key: `Bearer ${SECRET}` })
    expect(tried.seen).to.deep.equal({ list: true, fields: ['0.price'] })
  })

  it('a trial that fails says why in words', async () => {
    const closed = { settings: { ...httpDefaults, url: `${service.base}/closed` } }
    const { body } = await ask<TrySourceView>('POST', '/sources/try', { ...draft(closed), params: {} }) // prettier-ignore
    expect(body).to.include({ ok: false })
    expect(body.error?.code).to.equal('SOURCE_SIGN_IN')
    const inside = { settings: { ...httpDefaults, url: 'http://169.254.169.254/latest' } }
    const refused = await ask<TrySourceView>('POST', '/sources/try', { ...draft(inside), params: {} }) // prettier-ignore
    expect(refused.body.error?.zh).to.match(/YILU_SOURCE_ALLOW/)
  })

  it('is in use when the form is answered, and its secret never comes back', async () => {
    const made = await ask<SourceDetail>('POST', '/sources', {
      ...draft(),
      ...{ id: 'tickets', secret: SECRET, seen: { list: false, fields: ['key'] } },
    })
    expect(made.status).to.equal(200)
    sourceDetail.parse(made.body)
    expect(made.body).to.include({ hasSecret: true, version: 1, origin: 'stored' })
    expect(made.text + (await ask('GET', '/sources/tickets')).text).to.not.include(SECRET)
    const [stored] = await SourceModel.find({ _id: 'tickets' }).lean<object[]>()
    expect(JSON.stringify(stored)).to.not.include(SECRET)
    const answer = (await sources.query('tickets', {}, OPTIONS)) as { key: string }
    expect(answer.key).to.equal(`Bearer ${SECRET}`)
    const view = (await list()).get('tickets')!
    expect(view.fields).to.deep.equal(['list.0.n', 'list.0.p', 'key'])
    expect(view.health).to.deep.include({ state: 'ok', asked: 1, failed: 0 })
    expect(view.health.latencyMs).to.have.length(1)
  })

  it('a secret that is left out stays, and is not sent to another end', async () => {
    const renamed = { ...draft({ name: { zh: '票价', en: '' } }), version: 1 }
    const saved = await ask<SourceDetail>('PUT', '/sources/tickets', renamed)
    expect(saved.body).to.include({ hasSecret: true, version: 2 })
    expect(await faultOf(sources.query('tickets', {}, OPTIONS))).to.equal('answered')
    const thief = await new Service((_, response) => response.end('{}')).listen()
    const moved = {
      settings: { ...httpDefaults, url: `${thief.base}/`, auth: { kind: 'bearer' } },
    }
    const refused = await ask('PUT', '/sources/tickets', { ...draft(moved), version: 2 })
    expect(refused.status).to.equal(400)
    expect(refused.text).to.include('SOURCE_SECRET_ANEW')
    const tried = await ask<TrySourceView>('POST', '/sources/try', {
      ...draft(moved),
      ...{ id: 'tickets', params: {} },
    })
    expect(tried.body.error?.code).to.equal('SOURCE_SECRET_ANEW')
    expect(thief.asked).to.have.length(0)
    const anew = { ...draft(moved), version: 2, secret: 'another' }
    expect((await ask('PUT', '/sources/tickets', anew)).status).to.equal(200)
    thief.close()
  })

  it('two who save the same: the second is told', async () => {
    const late = await ask('PUT', '/sources/tickets', { ...draft(), version: 1 })
    expect(late.status).to.equal(409)
    expect(late.text).to.include('CONFLICT')
  })

  it('one with the id of another, or of the file, is refused', async () => {
    for (const id of ['tickets', 'metro'])
      expect((await ask('POST', '/sources', { ...draft(), id })).text).to.include('DUPLICATE')
  })

  it('what cannot work is refused at the field', async () => {
    for (const [changes, path] of [
      [{ fallback: '{' }, 'fallback'],
      [{ name: { zh: '', en: '' } }, 'name'],
      [{ parameters: [{ name: '1x', required: true }] }, 'parameters.0.name'],
      [{ kind: 'postgres', settings: { statement: 'SELECT 1', maxRows: 1 } }, 'settings.connection'], // prettier-ignore
      [{ kind: 'mysql', settings: { connectionOf: 'tickets', statement: 'SELECT 1', maxRows: 1 } }, 'settings.connection'], // prettier-ignore
    ] as const) {
      const { status, text } = await ask('POST', '/sources', { ...draft(changes), id: 'bad' })
      expect(status, path).to.equal(400)
      expect(text).to.include(path)
    }
  })

  it('content staff keep a table in the place of a bundled one, and give it back', async () => {
    const settings = { columns: [{ name: 'month' }, { name: 'high' }], rows: [{ month: '7', high: 35 }] } // prettier-ignore
    const made = await ask<SourceDetail>('POST', '/sources', {
      ...draft({ kind: 'table', settings }),
      id: 'weather',
    })
    expect(made.body).to.include({ replaces: true })
    expect(await sources.query('weather', { month: 7 }, OPTIONS)).to.deep.equal([
      { month: '7', high: 35 },
    ])
    await FlowModel.create({
      ...{ _id: 'main', name: '总流程', kind: 'main', liveVersion: 3 },
      draft: { blocks: { ask: { type: 'query', source: 'weather' }, odd: null } } as never,
    })
    await FlowVersionModel.create({
      ...{ _id: 'main@3', flowId: 'main', version: 3 },
      doc: { blocks: { old: { type: 'query', source: 'tickets' } } } as never,
    })
    const found = await list()
    expect(found.get('weather')?.usedBy).to.deep.equal([
      { flowId: 'main', name: '总流程', block: 'ask', live: false },
    ])
    expect(found.get('tickets')?.usedBy).to.deep.equal([
      { flowId: 'main', name: '总流程', block: 'old', live: true },
    ])
    expect((await ask('DELETE', '/sources/weather')).status).to.equal(204)
    expect(await sources.query('weather', { month: 7 }, OPTIONS)).to.deep.equal([
      { month: 7, high: 32 },
    ])
  })

  it('one that a flow asks is not removed, and where it is used is said', async () => {
    const refused = await ask('DELETE', '/sources/tickets')
    expect(refused.status).to.equal(409)
    expect(refused.text).to.include('总流程 › old')
    await FlowModel.updateOne({ _id: 'main' }, { $set: { liveVersion: 2 } })
    expect((await ask('DELETE', '/sources/tickets')).status).to.equal(204)
    expect(await faultOf(sources.query('tickets', {}, OPTIONS))).to.equal('NO_SUCH_SOURCE')
    expect((await ask('DELETE', '/sources/metro')).status).to.equal(404)
  })
})
