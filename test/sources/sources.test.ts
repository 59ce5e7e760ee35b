import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { Sources } from '../../gateway/sources/sources.ts'
import type { YiluError } from '../../gateway/errors.ts'

const OPTIONS = { lang: 'zh-CN', timeoutMs: 500 }

describe('data sources', () => {
  let server: Server
  let base: string
  const asked: string[] = []
  let now = 0

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      if (request.url?.startsWith('/missing')) response.writeHead(404).end()
      else if (request.url?.startsWith('/moved'))
        response.writeHead(302, { location: '/rows' }).end()
      else if (request.url?.startsWith('/huge')) response.end(`"${'x'.repeat(2 * 1024 * 1024)}"`)
      else if (request.url?.startsWith('/broken')) response.end('{')
      else if (!request.url?.startsWith('/silent')) response.end('[{"high":31}]')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  const http = (path: string) =>
    new Sources([{ id: 'weather', kind: 'http', url: `${base}${path}` }], () => now)

  async function codeOf(promise: Promise<unknown>): Promise<string> {
    try {
      await promise
      return 'answered'
    } catch (error) {
      return (error as YiluError).code
    }
  }

  it('a local table gives the rows that equal the parameters', async () => {
    const rows = [
      { month: 7, high: 32 },
      { month: 8, high: 31 },
    ]
    const sources = new Sources([{ id: 'weather', kind: 'local', rows }], () => now)
    expect(await sources.query('weather', { month: '8', other: 1 }, OPTIONS)).to.deep.equal([
      rows[1],
    ])
    expect(await sources.query('weather', { month: 13 }, OPTIONS)).to.deep.equal([])
  })

  it('parameters cannot leave their place in the address', async () => {
    await http('/rows/{{city}}?l={{lang}}').query('weather', { city: '../x?a=&b' }, OPTIONS)
    expect(asked.at(-1)).to.equal('/rows/..%2Fx%3Fa%3D%26b?l=zh-CN')
  })

  it('an answer is kept for as long as the block says', async () => {
    const sources = http('/rows?kept')
    const before = asked.length
    await sources.query('weather', {}, { ...OPTIONS, cacheSeconds: 60 })
    await sources.query('weather', {}, { ...OPTIONS, cacheSeconds: 60 })
    expect(asked.length - before).to.equal(1)
    now += 61_000
    await sources.query('weather', {}, { ...OPTIONS, cacheSeconds: 60 })
    expect(asked.length - before).to.equal(2)
  })

  it('404 is nothing found', async () => {
    expect(await http('/missing').query('weather', {}, OPTIONS)).to.equal(null)
  })

  for (const path of ['/moved', '/huge', '/broken', '/silent'])
    it(`a source that is ${path.slice(1)} fails with a code`, async () => {
      expect(await codeOf(http(path).query('weather', {}, OPTIONS))).to.equal('SOURCE_FAILED')
    })

  it('an unknown source is said to be one', async () => {
    expect(await codeOf(http('/rows').query('nothing', {}, OPTIONS))).to.equal('NO_SUCH_SOURCE')
  })
})
