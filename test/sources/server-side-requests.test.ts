/** Attempts to make the product fetch from where only it can: a real server waits there, and must hear nothing. */
import { once } from 'node:events'
import type { Server } from 'node:net'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { parseAllowList } from '../../gateway/outgoing/allow-list.ts'
import { AddressGuard } from '../../gateway/outgoing/address-guard.ts'
import type { Resolve } from '../../gateway/outgoing/address-guard.ts'
import { createSourceBody, httpSettings } from '../../gateway/sources/schema.ts'
import { Sources } from '../../gateway/sources/sources.ts'
import { faultOf, httpDefaults, httpSource, OPTIONS, Service, sourcesOf } from './house.ts'

describe('a source that leads into the own network', () => {
  let inside: Service
  let inside6: Service | undefined
  before(async () => {
    inside = await new Service((_, response) => response.end('"metadata"')).listen()
    inside6 = await new Service((_, response) => response.end('"metadata"')).listen('::1').catch(() => undefined) // prettier-ignore
  })
  after(() => {
    inside.close()
    inside6?.close()
  })

  const open = (url: string, resolve?: Resolve, allow = '') =>
    new Sources({
      given: [httpSource({ url })],
      guard: new AddressGuard(parseAllowList(allow), resolve),
      secret: 's',
      now: () => 0,
    })
  const ask = (sources: Sources, params = {}) => faultOf(sources.query('weather', params, OPTIONS))

  for (const host of [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '127.0.0.1.',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '127。0。0。1',
    '①②⑦.0.0.1',
    'LOCALHOST',
  ])
    it(`${host} is refused`, async () => {
      const port = host.includes(':1]') && inside6 ? inside6.port : inside.port
      expect(await ask(open(`http://${host}:${port}/`))).to.equal('SOURCE_ADDRESS')
      expect(inside.asked).to.have.length(0)
      expect(inside6?.asked ?? []).to.have.length(0)
    })

  it('a name that leads inside is refused, whatever else it leads to', async () => {
    const url = `http://rebind.example:${inside.port}/`
    const leads = (...addresses: string[]) => open(url, async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))) // prettier-ignore
    expect(await ask(leads('127.0.0.1'))).to.equal('SOURCE_ADDRESS')
    expect(await ask(leads('::ffff:127.0.0.1', '64:ff9b::7f00:1'))).to.equal('SOURCE_ADDRESS')
    expect(inside.asked).to.have.length(0)
  })

  it('a name is resolved once for a connection, and the address that was checked is the one', async () => {
    let times = 0
    const outside = await new Service((_, response) => response.end('"outside"')).listen('127.0.0.2') // prettier-ignore
    const url = `http://rebind.example:${outside.port}/`
    // the first answer is allowed; any later one would lead to 127.0.0.1, where nothing of that port listens
    const resolve: Resolve = async () => [
      { address: times++ === 0 ? '127.0.0.2' : '127.0.0.1', family: 4 },
    ]
    const sources = open(url, resolve, '127.0.0.2')
    expect(await sources.query('weather', {}, OPTIONS)).to.equal('outside')
    expect(times).to.equal(1)
    expect(outside.asked[0]!.headers.host).to.equal(`rebind.example:${outside.port}`)
    await sources.close()
    outside.close()
  })

  it('an answer that sends elsewhere is not followed', async () => {
    const mover = await new Service((_, response) =>
      response.writeHead(302, { location: `${inside.base}/secret` }).end(),
    ).listen('127.0.0.3')
    expect(await ask(open(`${mover.base}/`, undefined, '127.0.0.3'))).to.equal('SOURCE_REDIRECT')
    expect(inside.asked).to.have.length(0)
    mover.close()
  })

  it('nor does the sign-in of OAuth lead inside', async () => {
    const outside = await new Service((_, response) => response.end('[]')).listen('127.0.0.4')
    const source = httpSource({
      url: `${outside.base}/`,
      auth: {
        ...{ kind: 'oauth2', clientId: 'c', sendAs: 'body' },
        tokenUrl: `${inside.base}/token`,
      },
    })
    expect(await ask(sourcesOf([source], { allow: '127.0.0.4' }))).to.equal('SOURCE_ADDRESS')
    expect(inside.asked).to.have.length(0)
    outside.close()
  })

  for (const url of [
    'http://{{host}}/x',
    'http://a.example{{x}}/',
    'http://a.example:{{port}}/',
    '{{scheme}}://a.example/',
    'http://user:pass@a.example/',
    'http://a.example@127.0.0.1/',
    'http://a.example\\@127.0.0.1/',
    'ftp://a.example/',
    'file:///etc/passwd',
    'http:/a.example',
    'http://a.example/\nx',
  ])
    it(`${JSON.stringify(url)} is no address of a source`, () => {
      expect(httpSettings.safeParse({ ...httpDefaults, url }).success).to.equal(false)
    })

  it('a parameter changes neither host nor port', async () => {
    const outside = await new Service((_, response) => response.end('[]')).listen()
    const url = `${outside.base}?q={{q}}`
    const sources = sourcesOf([httpSource({ url })])
    for (const q of ['@127.0.0.1:1/', '#@x', '/../..', `\\@${inside.base}`, '%0d%0aHost: x'])
      expect(await ask(sources, { q })).to.equal('answered')
    for (const { headers } of outside.asked)
      expect(headers.host).to.equal(`127.0.0.1:${outside.port}`)
    outside.close()
  })

  for (const name of ['Host', 'content-length', 'Transfer-Encoding', 'proxy-authorization', 'a b'])
    it(`${name} is no header of a source`, () => {
      const settings = { ...httpDefaults, url: 'http://x.example/', headers: [{ name, value: '' }] }
      expect(httpSettings.safeParse(settings).success).to.equal(false)
    })

  for (const host of ['/var/run/postgresql', 'a b', 'x?y', ''])
    it(`${JSON.stringify(host)} is no host of a database`, () => {
      const connection = { host, port: 5432, database: 'd', userName: 'u', tls: 'off' }
      const body = {
        ...{ id: 'db', name: { zh: '', en: 'd' }, parameters: [], cacheSeconds: 0 },
        ...{ staleSeconds: 0, timeoutMs: 1000, kind: 'postgres' },
        settings: { connection, statement: 'SELECT 1', maxRows: 1 },
      }
      expect(createSourceBody.safeParse(body).success).to.equal(false)
      const sound = { ...body.settings, connection: { ...connection, host: 'db.example' } }
      expect(createSourceBody.safeParse({ ...body, settings: sound }).success).to.equal(true)
    })

  for (const kind of ['postgres', 'mysql', 'mongodb'] as const)
    it(`${kind}: no byte reaches a server inside, by name or number`, async () => {
      let connections = 0
      const listener: Server = createServer((socket) => {
        connections++
        socket.destroy()
      }).listen(0, '127.0.0.1')
      await once(listener, 'listening')
      const { port } = listener.address() as AddressInfo
      for (const host of [
        '127.0.0.1',
        'localhost',
        '2130706433',
        '127.1',
        '::1',
        '::ffff:127.0.0.1',
      ]) {
        // prettier-ignore
        const place = kind === 'mongodb' ? { hosts: [{ host, port }] } : { host, port, userName: 'u' } // prettier-ignore
        const settings = {
          connection: { ...place, database: 'd', tls: 'off' },
          ...{ statement: 'SELECT 1', maxRows: 1, collection: 'c', operation: 'find' },
        }
        const sources = sourcesOf(
          [{ ...httpSource({ url: 'http://x/' }), kind, settings, timeoutMs: 8000 } as never],
          { allow: '' },
        )
        const asked = sources.query('weather', {}, { ...OPTIONS, timeoutMs: 10_000 })
        expect(await faultOf(asked), host).to.equal('SOURCE_ADDRESS')
        await sources.close()
      }
      expect(connections).to.equal(0)
      listener.close()
    }).timeout(60_000)
})
