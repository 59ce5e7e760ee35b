import { expect } from 'chai'
import { AccountStateModel } from '../../../gateway/accounts/model.ts'
import { openTemporaryStore } from '../../intake/temporary-store.ts'
import { WechatSimulator } from '../../simulators/wechat.ts'
import { text, WechatNode } from './wechat-node.ts'

describe('the access token of an Official Account, on two nodes', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let wechat: WechatSimulator
  let nodes: WechatNode[]
  let nowMs: number

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    await AccountStateModel.deleteMany({})
    nowMs = Date.now()
    const now = () => nowMs
    wechat = new WechatSimulator({ now })
    await wechat.listen()
    nodes = [new WechatNode(wechat, { now }), new WechatNode(wechat, { now })]
    for (const openId of ['o1', 'o2', 'o3', 'o4']) wechat.tourists.did(openId, 'message')
  })
  afterEach(async () => {
    await wechat.close()
  })

  /** One message to each tourist, from both nodes at once. */
  const sendAll = async () => {
    const results = await Promise.all(
      ['o1', 'o2', 'o3', 'o4'].map((openId, at) => nodes[at % 2]!.send(openId, [text('x')])),
    )
    expect(results.map(({ ok }) => ok)).to.deep.equal([true, true, true, true])
  }
  const calls = (path: string) => wechat.calls.filter((call) => call.path === path).length

  it('is asked for once', async () => {
    await sendAll()
    expect(wechat.tokens).to.include({ asked: 1, forced: 0 })
  })

  it('that ended without notice is renewed once, and each message is sent once', async () => {
    await sendAll()
    wechat.tokens.expireAll()
    await sendAll()
    expect(wechat.tokens).to.include({ asked: 2, forced: 0 })
    expect(wechat.shown).to.have.length(8)
  })

  it('that is refused while it is still handed out is replaced by force, once', async () => {
    await sendAll()
    wechat.tokens.refuseStable()
    await sendAll()
    expect(wechat.tokens).to.include({ asked: 3, forced: 1 })
    expect(wechat.shown).to.have.length(8)
  })

  it('is renewed ahead of its end: no message meets one that is too old', async () => {
    await sendAll()
    nowMs += 7200_000 - 4 * 60_000
    await sendAll()
    expect(wechat.tokens).to.include({ asked: 2, forced: 0 })
    expect(calls('/cgi-bin/message/custom/send')).to.equal(8)
  })

  it('lives on when somebody uses the other family of tokens', async () => {
    await sendAll()
    const query = new URLSearchParams({
      ...{ grant_type: 'client_credential', appid: wechat.appId, secret: wechat.appSecret },
    })
    await fetch(`${wechat.url}/cgi-bin/token?${query}`)
    await fetch(`${wechat.url}/cgi-bin/token?${query}`)
    nowMs += 10 * 60_000
    await sendAll()
    expect(wechat.tokens.asked).to.equal(1)
  })

  it('that is refused again and again is a matter for people, not for a loop', async () => {
    wechat.codes.set('/cgi-bin/message/custom/send', [40001, 40001])
    const result = await nodes[0]!.send('o1', [text('x')])
    expect(result).to.include({ retry: 'later', code: '40001', pauseAccountMs: 60_000 })
    expect(nodes[0]!.health.view('wx1')).to.include({ state: 'needsPerson' })
    expect(calls('/cgi-bin/message/custom/send')).to.equal(2)
  })
})
