import { expect } from 'chai'
import { decodeJwt, jwtVerify } from 'jose'
import { openTemporaryStore } from '../../intake/temporary-store.ts'
import { WechatSimulator } from '../../simulators/wechat.ts'
import { WechatNode } from './wechat-node.ts'

const key = 'k'.repeat(32)
const RETURN = 'https://hotline.example/chat/'

describe('signing in through WeChat', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let wechat: WechatSimulator
  let node: WechatNode
  let nowMs: number

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    nowMs = Date.now()
    wechat = new WechatSimulator()
    await wechat.listen()
    wechat.signsIn = { openId: 'oA', nickname: '李雷' }
    wechat.unionIds.set('oA', 'oUnion')
    const settings = { assertionKey: key, returnAddresses: [RETURN] }
    node = await new WechatNode(wechat, { settings, now: () => nowMs }).listen()
  })
  afterEach(async () => {
    await node.close()
    await wechat.close()
  })

  const get = (url: string, cookie = '') => fetch(url, { redirect: 'manual', headers: { cookie } })
  const begin = (address = RETURN, scope = 'base') =>
    get(`${node.callback}/oauth?${new URLSearchParams({ return: address, scope })}`)

  /** As a browser goes: to WeChat and back. @returns our callback's address, and the cookie */
  async function consented(scope?: string): Promise<{ back: string; cookie: string }> {
    const begun = await begin(RETURN, scope)
    expect(begun.status).to.equal(302)
    const cookie = begun.headers.get('set-cookie')!
    expect(cookie).to.match(/HttpOnly; Secure; SameSite=Lax/)
    const asked = await get(begun.headers.get('location')!)
    const back = new URL(asked.headers.get('location')!)
    expect(back.origin).to.equal('https://hotline.example')
    return { back: `${node.url}${back.pathname}${back.search}`, cookie: cookie.split(';')[0]! }
  }

  it('proves to an allowed page who opened it, for two minutes', async () => {
    const { back, cookie } = await consented()
    const location = new URL((await get(back, cookie)).headers.get('location')!)
    expect(`${location.origin}${location.pathname}`).to.equal(RETURN)
    const assertion = location.hash.replace('#wechat=', '')
    const { payload } = await jwtVerify(assertion, new TextEncoder().encode(key), {
      ...{ issuer: 'yilu.wechat', audience: 'https://hotline.example', algorithms: ['HS256'] },
      currentDate: new Date(nowMs + 100_000),
    })
    expect(payload).to.include({ sub: 'oA', unionid: 'oUnion', appid: wechat.appId })
    expect(payload).not.to.have.property('name')
    expect(payload.exp! - payload.iat!).to.equal(120)
  })

  it('tells the name as well, where that was asked for', async () => {
    const { back, cookie } = await consented('userinfo')
    const { hash } = new URL((await get(back, cookie)).headers.get('location')!)
    expect(decodeJwt(hash.replace('#wechat=', ''))).to.include({ name: '李雷' })
  })

  it('leads to no other page', async () => {
    for (const address of [
      ...[
        'https://hotline.example/',
        'https://hotline.example/chatty',
        'http://hotline.example/chat/',
      ],
      ...['https://hotline.example.evil/chat/', 'https://a@hotline.example/chat/', 'javascript:1'],
      ...['//hotline.example/chat/', '', `${RETURN}../x`],
    ])
      expect((await begin(address)).status, address).to.equal(403)
    expect((await begin(`${RETURN}ticket?id=1`)).status).to.equal(302)
  })

  it('works only in the browser that began, once, and within ten minutes', async () => {
    const { back, cookie } = await consented()
    const other = await consented()
    expect((await get(back)).status).to.equal(403)
    expect((await get(back, other.cookie)).status).to.equal(403)
    expect((await get(back, cookie.replace(/\.[\w-]{4}/, '.AAAA'))).status).to.equal(403)
    expect((await get(back.replace(/code=\w+/, 'code='), cookie)).status).to.equal(403)
    expect((await get(back, cookie)).status).to.equal(302)
    expect((await get(back, cookie)).status).to.equal(502)
    nowMs += 601_000
    expect((await get(other.back, other.cookie)).status).to.equal(403)
  })

  it('does not take the made-up visitor of a snapshot page for a person', async () => {
    wechat.signsIn = { openId: 'oVirtual', nickname: '', snapshot: true }
    const { back, cookie } = await consented()
    expect((await get(back, cookie)).status).to.equal(403)
  })

  it('is not there where no key was set', async () => {
    const without = await new WechatNode(wechat).listen()
    expect((await get(`${without.callback}/oauth?return=${RETURN}`)).status).to.equal(404)
    await without.close()
  })
})
