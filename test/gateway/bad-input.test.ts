import { connect } from 'node:net'
import { once } from 'node:events'
import { expect } from 'chai'
import type { ErrorCode } from '../../gateway/errors.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { simulateChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import { expectHealthy, expectRefused } from './refusals.ts'

describe('the REST interface is spoken to badly', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let admin: SimulatedAgent
  let contactId: string

  before(async () => {
    product = await runProduct()
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    const visitor = await simulateChat(product.url)
    await visitor.ask('你好', /欢迎|热线/)
    const { items } = await admin.get<{ items: { id: string }[] }>('/contacts')
    contactId = items[0]!.id
  })
  after(() => product.stop())
  afterEach(() => expectHealthy(product))

  function send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${product.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie: admin.cookie, ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body }),
    })
  }

  /** As bytes on the wire: clients tidy up paths before they send them. */
  async function rawGet(path: string): Promise<{ status: number; body: string }> {
    const { hostname, port } = new URL(product.url)
    const socket = connect(Number(port), hostname)
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    await once(socket, 'close')
    const [head, ...rest] = Buffer.concat(chunks).toString().split('\r\n\r\n')
    return { status: Number(head!.split(' ')[1]), body: rest.join('\r\n\r\n') }
  }

  it('bodies that are no JSON, too large, or in a tongue nobody speaks', async () => {
    const broken = ['{', '{"a":}', 'undefined', '"text"', '7', 'null', '\u0000', '<xml/>']
    for (const body of broken) {
      await expectRefused(send('POST', '/api/v1/tickets', body), 'BAD_JSON')
      await expectRefused(send('POST', '/webchat/token', body), 'BAD_JSON')
    }
    const huge = JSON.stringify({ title: 'x'.repeat(1_100_000) })
    await expectRefused(send('POST', '/api/v1/tickets', huge), 'TOO_LARGE')
    await expectRefused(
      send('POST', '/webchat/token', JSON.stringify({ a: 'x'.repeat(20_000) })),
      'TOO_LARGE',
    )
    const session = '/api/v1/session'
    await expectRefused(
      send('POST', session, '{}', { 'content-encoding': 'bzip' }),
      'UNSUPPORTED_MEDIA',
    )
    const type = 'application/json; charset=klingon'
    await expectRefused(send('POST', session, '{}', { 'content-type': type }), 'UNSUPPORTED_MEDIA')
    await expectRefused(send('POST', session, '{}', { 'content-encoding': 'gzip' }), 'BAD_REQUEST')
    await expectRefused(
      send('POST', session, 'a=b', { 'content-type': 'text/plain' }),
      'BAD_REQUEST',
    )
    await expectRefused(send('POST', session, undefined), 'BAD_REQUEST')
  })

  it('values of the wrong type name the field', async () => {
    const cases: [string, string, object, string][] = [
      ['POST', '/session', { userName: 1, password: 'x' }, 'userName'],
      ['POST', '/session', { userName: { $gt: '' }, password: { $gt: '' } }, 'userName'],
      ['POST', '/session', { userName: ['admin'], password: 'x' }, 'userName'],
      ['POST', '/staff', { userName: 'a b', displayName: 'x', role: 'agent' }, 'userName'],
      ['POST', '/staff', { userName: 'abc', displayName: 'x', role: 'root' }, 'role'],
      ['PATCH', `/contacts/${contactId}`, { version: { $gt: 0 } }, 'version'],
      ['PATCH', `/contacts/${contactId}`, { version: 1, vip: 'yes' }, 'vip'],
      ['PATCH', `/contacts/${contactId}`, { version: 1, name: { $set: 1 } }, 'name'],
      ['POST', `/contacts/${contactId}/merge`, { loserId: { $ne: null } }, 'loserId'],
      ['POST', '/tickets', { kind: [], contactId, title: 'x' }, 'kind'],
      ['POST', '/tickets', { kind: 'complaint', contactId, title: '  ' }, 'title'],
      ['PUT', '/canned-replies/x', { shortcut: 'a b', title: 'x', text: {} }, 'shortcut'],
    ]
    for (const [method, path, body, field] of cases) {
      const response = await send(method, `/api/v1${path}`, JSON.stringify(body))
      const copy = response.clone()
      await expectRefused(response, 'BAD_REQUEST')
      const { details } = (await copy.json()) as { details: { issues: { path: string }[] } }
      expect(details.issues.map((issue) => issue.path)).to.include(field)
    }
  })

  it('query strings with operators, lists and numbers beyond all bounds', async () => {
    const refused = [
      '/tickets?limit=1e9',
      '/tickets?limit=-1',
      '/tickets?limit=abc',
      '/tickets?status=%00',
      '/tickets?q=a&q=b',
      '/tickets?beforeMs=1e20',
      '/tickets?beforeMs=Infinity',
      '/conversations?beforeMs=-1e20',
      '/conversations?beforeMs=9007199254740993000',
      '/contacts?limit=0',
      `/contacts?q=${'x'.repeat(200)}`,
      '/knowledge/search?q=',
    ]
    for (const path of refused)
      await expectRefused(send('GET', `/api/v1${path}`, undefined), 'BAD_REQUEST')
  })

  it('a query parameter nobody knows is refused and named, never left out', async () => {
    for (const path of [
      '/tickets?colour=red',
      '/canned-replies?limit=5',
      '/conversations?State=closed',
      // an operator in brackets is an unknown name
      '/tickets?q[$ne]=',
      '/contacts?q[$regex]=.*',
      '/conversations?state[$ne]=x',
      '/contacts?__proto__=x',
    ]) {
      const response = await send('GET', `/api/v1${path}`, undefined)
      const copy = response.clone()
      await expectRefused(response, 'UNKNOWN_PARAMETER')
      const { details } = (await copy.json()) as { details: { unknown: string[] } }
      expect(details.unknown).to.deep.equal([/\?(.+)=/.exec(path)![1]])
    }
  })

  it('conversations are listed by the channel something was said on', async () => {
    const list = async (channel: string) =>
      (
        await admin.get<{ items: { channel: string }[] }>(`/conversations?channel=${channel}`)
      ).items.map((each) => each.channel)
    expect([...new Set(await list('webchat'))]).to.deep.equal(['webchat'])
    expect(await list('wechat')).to.deep.equal([])
    await expectRefused(
      send('GET', '/api/v1/conversations?channel=pigeon', undefined),
      'BAD_REQUEST',
    )
  })

  it('words of a search are taken as they stand', async () => {
    const patch = { version: 1, name: 'a+b (c) [d] $&\\' }
    const renamed = await send('PATCH', `/api/v1/contacts/${contactId}`, JSON.stringify(patch))
    expect(renamed.status).to.equal(200)
    const find = async (q: string) => {
      const response = await send('GET', `/api/v1/contacts?q=${encodeURIComponent(q)}`, undefined)
      expect(response.status, q).to.equal(200)
      return ((await response.json()) as { items: { id: string }[] }).items.map(({ id }) => id)
    }
    for (const q of ['a+b', '(c)', '[', '(', '\\', '$&\\'])
      expect(await find(q), q).to.deep.equal([contactId])
    for (const q of ['.*', 'a.b', '^a', '[ab]', 'a|b', '(?:a+)+$'])
      expect(await find(q), q).to.deep.equal([])
    for (const path of ['/tickets', '/knowledge', '/contacts'])
      for (const q of ['[', '(a+)+$', '\\', '%00', '*', '$where', '٣'])
        expect(
          (await send('GET', `/api/v1${path}?q=${encodeURIComponent(q)}`, undefined)).status,
        ).to.equal(200)
  })

  it('a NUL in a search is refused or finds nothing, and breaks nothing', async () => {
    await expectRefused(send('GET', '/api/v1/contacts?q=%00', undefined), 'BAD_REQUEST')
    await expectRefused(send('GET', '/api/v1/tickets?q=a%00b', undefined), 'BAD_REQUEST')
    expect(await (await send('GET', '/api/v1/contacts?q=nobody', undefined)).json()).to.deep.equal({
      items: [],
    })
  })

  it('keys that would change the prototype of everything, or mean something to the store', async () => {
    for (const key of [
      '__proto__',
      'constructor',
      'prototype',
      '$where',
      '$gt',
      'a.b',
      '',
      '\u0000',
    ]) {
      const name = JSON.stringify(key)
      const bodies: [string, string, string][] = [
        [
          'POST',
          '/tickets',
          `{"kind":"complaint","contactId":"${contactId}","title":"t","fields":{${name}:"x"}}`,
        ],
        [
          'POST',
          '/tickets',
          `{"kind":"complaint","contactId":"${contactId}","title":"t",${name}:{"isAdmin":true}}`,
        ],
        ['PUT', '/canned-replies/proto', `{"shortcut":"proto","title":"t","text":{${name}:"x"}}`],
        ['PATCH', `/contacts/${contactId}`, `{"version":-1,${name}:{"vip":true}}`],
        ['POST', '/session', `{${name}:{"userName":"admin"},"password":"x"}`],
        [
          'POST',
          '/staff',
          `{"userName":"p","displayName":"p","role":"agent","skills":{${name}:3}}`,
        ],
      ]
      for (const [method, path, body] of bodies) {
        const { status } = await send(method, `/api/v1${path}`, body)
        expect(status, `${method} ${path} ${body}`).to.be.below(500)
      }
    }
    const session = await send('GET', '/api/v1/session', undefined)
    expect(await session.json()).not.to.have.any.keys('isAdmin', 'vip')
    expect(({} as Record<string, unknown>).isAdmin).to.equal(undefined)
  })

  it('paths that climb out of their folder', async () => {
    const paths = [
      '/files/../../etc/passwd',
      '/files/..%2f..%2fetc%2fpasswd',
      '/files/%2e%2e/%2e%2e/etc/passwd',
      '/files/%00',
      '/files/x?until=1&sig=x',
      '/files/x?until[$gt]=1&sig[$gt]=1',
      '/webchat/../../package.json',
      '/webchat/..%2f..%2fpackage.json',
      '/webchat/%2e%2e/main.js',
      '/webchat/....//main.js',
      '/webchat/..\\main.js',
      '/admin/..%2f..%2fpackage.json',
      '/admin/..%2fmain.js',
      '/admin/%2e%2e/main.js',
      '/admin/..%5cmain.js',
      '/admin/assets/..%2f..%2f..%2fmain.js',
      '//etc/passwd',
      '/%',
      '/%c0%ae%c0%ae/',
      '/api/v1/tickets/%',
      '/admin/%00',
      '/admin/.env',
      '/.git/config',
    ]
    for (const path of paths) {
      const { status, body } = await rawGet(path)
      expect(body, `${path} ${status}`).not.to.equal('')
      expect(body, path).not.to.match(/root:|"dependencies"|sourceMappingURL|\[core\]|import\{/)
      if (status === 200) expect(body, path).to.match(/^<!doctype html>/i)
      else {
        const error = JSON.parse(body) as { code: ErrorCode; zh: string; en: string }
        expect(error.code, path).to.be.oneOf(['NOT_FOUND', 'BAD_REQUEST', 'UNAUTHENTICATED'])
        expect(error).to.include.keys('zh', 'en')
      }
    }
  })

  it('methods and addresses that do not exist', async () => {
    for (const [method, path] of [
      ['PUT', '/api/v1/session'],
      ['DELETE', '/api/v1/tickets/x'],
      ['POST', '/api/v1/no-such-thing'],
      ['GET', '/api/v2/session'],
      ['POST', '/admin/'],
      ['POST', '/healthz'],
      ['GET', '/webchat/token'],
      ['PROPFIND', '/'],
    ] as const)
      await expectRefused(send(method, path, method === 'GET' ? undefined : '{}'), 'NOT_FOUND')
    for (const id of ['x', '%24ne', '%00', '%F0%9F%98%80', '[object Object]', '__proto__'])
      for (const room of ['tickets', 'contacts', 'conversations'])
        await expectRefused(send('GET', `/api/v1/${room}/${id}`, undefined), 'NOT_FOUND')
  })

  it('changes asked for by a page of another site, or by a sandboxed one', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1', 'about:blank', ''])
      for (const [method, path] of [
        ['POST', '/session'],
        ['POST', '/uploads'],
        ['POST', '/tickets'],
        ['DELETE', '/session'],
        ['PATCH', `/contacts/${contactId}`],
      ] as const)
        await expectRefused(send(method, `/api/v1${path}`, '{}', { origin }), 'BAD_ORIGIN')
    await expectRefused(
      send('POST', '/webchat/token', '{"account":"web"}', { origin: 'https://evil.example' }),
      'BAD_ORIGIN',
    )
    expect((await admin.rest('GET', '/session')).status).to.equal(200)
  })

  it('nothing allows other sites to read an answer', async () => {
    const response = await send('GET', '/api/v1/session', undefined, {
      origin: 'https://evil.example',
    })
    expect(
      [...response.headers.keys()].filter((name) => name.startsWith('access-control')),
    ).to.deep.equal([])
  })
})
