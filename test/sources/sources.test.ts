import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import type { YiluError } from '../../gateway/errors.ts'
import { bundledSource, fileSource } from '../../gateway/sources/given-sources.ts'
import { faultOf, httpSource, OPTIONS, Service, sourcesOf } from './house.ts'

describe('data sources', () => {
  let service: Service
  let now = 0
  let failing = false
  const bomb = gzipSync('0'.repeat(50_000_000))
  let release = () => undefined as void
  let onHeld = () => undefined as void

  before(async () => {
    service = await new Service(({ url }, response) => {
      if (failing) return response.writeHead(500).end('{}')
      if (url.startsWith('/missing')) return response.writeHead(404).end()
      if (url.startsWith('/moved')) return response.writeHead(302, { location: '/rows' }).end()
      if (url.startsWith('/huge')) return response.end(`"${'x'.repeat(2 * 1024 * 1024)}"`)
      if (url.startsWith('/packed'))
        return response
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(url.includes('bomb') ? bomb : gzipSync('[{"high":30}]'))
      if (url.startsWith('/broken')) return response.end('{')
      if (url.startsWith('/page')) return response.end('<html>')
      if (url.startsWith('/cut')) return response.write('[1', () => response.destroy())
      if (url.startsWith('/refused')) return response.writeHead(403).end()
      if (url.startsWith('/silent')) return
      if (url.startsWith('/held')) {
        release = () => void response.end('[{"high":31}]')
        return onHeld()
      }
      response.end('[{"high":31}]')
    }).listen()
  })
  after(() => service.close())
  beforeEach(() => (failing = false))

  const clock = { now: () => now }
  const http = (path: string, rest = {}) =>
    sourcesOf([httpSource({ url: `${service.base}${path}` }, rest)], clock)
  const ask = (sources: ReturnType<typeof http>, params = {}, options = {}) =>
    sources.query('weather', params, { ...OPTIONS, ...options })

  it('a bundled table gives the rows that equal the parameters', async () => {
    const rows = [
      { month: 7, city: '西安' },
      { month: 8, city: '西安' },
    ]
    const name = { zh: '天气', en: 'Weather' }
    const sources = sourcesOf([bundledSource({ id: 'weather', name, key: 'month', rows })])
    expect(await ask(sources, { month: '8', other: 1 })).to.deep.equal([rows[1]])
    expect(await ask(sources, { month: ' 7', city: '西安 ' })).to.deep.equal([rows[0]])
    expect(await ask(sources, { month: 13 })).to.deep.equal([])
    expect(await ask(sources, { month: '' })).to.deep.equal([])
    expect(await ask(sources, { month: null })).to.deep.equal(rows)
  })

  it("the operator's file leads where it says, also into his own network", async () => {
    const given = fileSource({ id: 'weather', kind: 'http', url: `${service.base}/rows/{{city}}` })
    const sources = sourcesOf([given], { allow: '' })
    expect(await ask(sources, { city: 'x' })).to.deep.equal([{ high: 31 }])
    expect(given.parameters.map(({ name }) => name)).to.deep.equal(['city'])
  })

  it('an answer is kept for as long as the source says, or the block', async () => {
    const sources = http('/rows?kept', { cacheSeconds: 60 })
    const before = service.asked.length
    await ask(sources)
    await ask(sources)
    expect(service.asked.length - before).to.equal(1)
    now += 61_000
    await ask(sources)
    expect(service.asked.length - before).to.equal(2)
    await ask(sources, { city: 'another' }, { cacheSeconds: 0 })
    await ask(sources, { city: 'another' }, { cacheSeconds: 0 })
    expect(service.asked.length - before).to.equal(4)
  })

  it('many who ask the same at the same moment are one question', async () => {
    const sources = http('/held')
    const before = service.asked.length
    const reached = new Promise<void>((resolve) => (onHeld = resolve))
    const answers = Array.from({ length: 20 }, () => ask(sources, { city: '西安' }))
    await reached
    release()
    for (const answer of await Promise.all(answers)) expect(answer).to.deep.equal([{ high: 31 }])
    expect(service.asked.length - before).to.equal(1)
  })

  it('a source that fails answers what it last knew, then what was written for it, then fails', async () => {
    const stale = http('/rows', { cacheSeconds: 10, staleSeconds: 100 })
    await ask(stale)
    failing = true
    now += 50_000
    expect(await ask(stale)).to.deep.equal([{ high: 31 }])
    now += 100_000
    expect(await faultOf(ask(stale))).to.equal('SOURCE_STATUS')
    const written = http('/rows', { fallback: '{"text":"请稍后再查"}' })
    expect(await ask(written)).to.deep.equal({ text: '请稍后再查' })
    const [{ book }] = written.all() as [ReturnType<typeof written.all>[0]]
    expect(book.health()).to.include({ state: 'failing', fallback: 1, failed: 1 })
    expect(book.health().lastFault?.zh).to.match(/拒绝/)
  })

  it('one that failed three times in a row is left alone, and tried again after a rest', async () => {
    const sources = http('/rows')
    failing = true
    for (const fault of ['SOURCE_STATUS', 'SOURCE_STATUS', 'SOURCE_STATUS', 'SOURCE_RESTING'])
      expect(await faultOf(ask(sources))).to.equal(fault)
    expect(sources.all()[0]!.book.health().state).to.equal('resting')
    failing = false
    now += 11_000
    expect(await ask(sources)).to.deep.equal([{ high: 31 }])
    expect(sources.all()[0]!.book.health().state).to.equal('ok')
  })

  it('a wrong question does not make a source rest', async () => {
    const sources = http('/rows/{{city}}', {
      parameters: [{ name: 'city', required: true }],
    })
    for (let i = 0; i < 5; i++) expect(await faultOf(ask(sources))).to.equal('SOURCE_PARAMETER')
    expect(await ask(sources, { city: 'x' })).to.deep.equal([{ high: 31 }])
  })

  it('404 is nothing found', async () => {
    expect(await ask(http('/missing'))).to.equal(null)
  })

  it('a packed answer is unpacked', async () => {
    expect(await ask(http('/packed'))).to.deep.equal([{ high: 30 }])
  })

  for (const [path, reason] of [
    ['/moved', 'SOURCE_REDIRECT'],
    ['/huge', 'SOURCE_TOO_LARGE'],
    ['/packed?bomb', 'SOURCE_TOO_LARGE'],
    ['/broken', 'SOURCE_NOT_JSON'],
    ['/page', 'SOURCE_NOT_JSON'],
    ['/cut', 'SOURCE_UNREACHABLE'],
    ['/refused', 'SOURCE_SIGN_IN'],
    ['/silent', 'SOURCE_SLOW'],
  ])
    it(`${path} fails with ${reason}, and with nothing of what was asked`, async () => {
      const secret = 'passport-E12345678'
      let error: YiluError | undefined
      await ask(http(path!, { timeoutMs: path === '/silent' ? 300 : 10_000 }), { secret }, { timeoutMs: 10_000 }).catch((caught: YiluError) => (error = caught)) // prettier-ignore
      expect(error?.code).to.equal('SOURCE_FAILED')
      expect(error?.details).to.deep.equal({ source: 'weather', reason })
      expect(JSON.stringify(error) + error?.message + error?.stack).to.not.include(secret)
    })

  it('whoever waits less than the source may take is told in time', async () => {
    const sources = http('/silent', { timeoutMs: 800 })
    expect(await faultOf(ask(sources, {}, { timeoutMs: 100 }))).to.equal('SOURCE_SLOW')
  })

  it('a GET is tried again after a fault that may pass, a POST never', async () => {
    let times = 0
    const flaky = await new Service((_, response) =>
      times++ % 2 ? response.end('[]') : response.writeHead(503).end(),
    ).listen()
    const url = `${flaky.base}/`
    expect(await ask(sourcesOf([httpSource({ url, retries: 1 })]))).to.deep.equal([])
    const post = sourcesOf([httpSource({ url, retries: 1, method: 'POST' })])
    expect(await faultOf(ask(post))).to.equal('SOURCE_STATUS')
    flaky.close()
  })

  it('an unknown source is said to be one', async () => {
    const nothing = http('/rows').query('nothing', {}, OPTIONS)
    expect(await faultOf(nothing)).to.equal('NO_SUCH_SOURCE')
  })
})
