import { expect } from 'chai'
import type { HttpSettings } from '../../gateway/sources/schema.ts'
import type { Source } from '../../gateway/sources/source.ts'
import { faultOf, httpSource, OPTIONS, Service, sourcesOf } from './house.ts'

describe('what a web service is asked', () => {
  let service: Service
  let tokens = 0
  let withdrawn = ''

  before(async () => {
    service = await new Service(({ url, headers }, response) => {
      if (url === '/token') {
        const granted = { access_token: `t${++tokens}`, expires_in: 100 }
        return response.end(JSON.stringify(granted))
      }
      if (headers.authorization === `Bearer ${withdrawn}`) return response.writeHead(401).end()
      response.end('{"data":{"list":[{"n":"大雁塔","p":{"adult":50}},{"n":"城墙"}],"total":2}}')
    }).listen()
  })
  after(() => service.close())

  const ask = (settings: Partial<HttpSettings>, params = {}, rest: Partial<Source> = {}) =>
    sourcesOf([httpSource({ url: `${service.base}/rows`, ...settings }, rest)]).query(
      'weather',
      params,
      OPTIONS,
    )
  const last = () => service.asked.at(-1)!

  it('parameters stay in their place in the address', async () => {
    const url = `${service.base}/rows/{{city}}?l={{lang}}`
    await ask({ url, query: [{ name: 'q', value: '{{city}}' }] }, { city: '../x?a=&b#é' })
    expect(last().url).to.equal(
      '/rows/..%2Fx%3Fa%3D%26b%23%C3%A9?l=zh-CN&q=..%2Fx%3Fa%3D%26b%23%C3%A9',
    )
  })

  for (const city of ['..', '.'])
    it(`a parameter ${city} does not leave its folder`, async () => {
      const before = service.asked.length
      const url = `${service.base}/rows/{{city}}/prices`
      expect(await faultOf(ask({ url }, { city }))).to.equal('SOURCE_PARAMETER')
      expect(service.asked.length).to.equal(before)
    })

  it('parameters of headers cannot add one', async () => {
    const headers = [{ name: 'X-City', value: 'in {{city}}' }]
    await ask({ headers }, { city: 'x\r\nauthorization: forged' })
    expect(last().headers['x-city']).to.equal('in x%0D%0Aauthorization%3A%20forged')
    expect(last().headers.authorization).to.equal(undefined)
  })

  it('parameters of a JSON body are values, whatever they hold', async () => {
    const body = '{"city":"{{city}}","days":"{{days}}","text":"in {{city}}","none":"{{other}}"}'
    const params = { city: '","admin":"yes', days: 3 }
    await ask({ method: 'POST', body }, params)
    expect(JSON.parse(last().body)).to.deep.equal({
      city: params.city,
      days: 3,
      text: `in ${params.city}`,
      none: null,
    })
    expect(last().headers['content-type']).to.equal('application/json')
    expect(await faultOf(ask({ method: 'POST', body: '{city}' }))).to.equal('SOURCE_TEMPLATE')
  })

  it('signs in by password, token or a header of its own', async () => {
    const secret = 'p:w'
    await ask({ auth: { kind: 'basic', userName: 'yilu' } }, {}, { secret })
    expect(last().headers.authorization).to.equal(`Basic ${btoa('yilu:p:w')}`)
    await ask({ auth: { kind: 'bearer' } }, {}, { secret })
    expect(last().headers.authorization).to.equal('Bearer p:w')
    await ask({ auth: { kind: 'header', header: 'X-Key' } }, {}, { secret })
    expect(last().headers['x-key']).to.equal('p:w')
  })

  it('signs in as a client of OAuth once, and anew when the token is withdrawn', async () => {
    const auth = { kind: 'oauth2', clientId: 'yi lu', sendAs: 'header' } as const
    const settings = { auth: { ...auth, tokenUrl: `${service.base}/token`, scope: 'read' } }
    const sources = sourcesOf([
      httpSource({ url: `${service.base}/rows`, ...settings }, { secret: 's&cret' }),
    ])
    await sources.query('weather', {}, OPTIONS)
    await sources.query('weather', {}, OPTIONS)
    const granted = service.asked.filter(({ url }) => url === '/token')
    expect(granted).to.have.length(1)
    expect(granted[0]!.body).to.equal('grant_type=client_credentials&scope=read')
    expect(granted[0]!.headers.authorization).to.equal(`Basic ${btoa('yi%20lu:s%26cret')}`)
    expect(last().headers.authorization).to.equal('Bearer t1')
    withdrawn = 't1'
    await sources.query('weather', {}, OPTIONS)
    expect(last().headers.authorization).to.equal('Bearer t2')
  })

  it('a secret that cannot be opened any more is said to be one', async () => {
    const lost = ask({ auth: { kind: 'bearer' } }, {}, { secret: { lost: true } })
    expect(await faultOf(lost)).to.equal('SOURCE_SECRET')
  })

  it('the answer is mapped: the list, its fields, one of them', async () => {
    const fields = [
      { name: 'name', path: 'n' },
      { name: 'price', path: 'p.adult' },
    ]
    const rows = [
      { name: '大雁塔', price: 50 },
      { name: '城墙', price: null },
    ]
    const mapped = (mapping: Source['mapping']) => ask({}, {}, { mapping })
    expect(await mapped({ list: 'data.list', fields })).to.deep.equal(rows)
    expect(await mapped({ list: 'data.list', fields, one: true })).to.deep.equal(rows[0])
    expect(await mapped({ list: 'data.list', limit: 1 })).to.have.length(1)
    expect(await mapped({ list: 'data.nothing', fields })).to.deep.equal([])
    expect(await mapped({ fields: [{ name: 'total', path: 'data.total' }] })).to.deep.equal({
      total: 2,
    })
  })
})
