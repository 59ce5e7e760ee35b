import { expect } from 'chai'
import { KfApi } from '../../../channels/wecom/kf-api.ts'
import { Puller } from '../../../channels/wecom/puller.ts'
import { WecomSimulator } from '../../simulators/wecom.ts'
import { WecomGateway } from './wecom-gateway.ts'

const LI = 'wmLiLei'
const HAN = 'wmHanMeimei'

describe('pulling what came for a WeCom account', () => {
  let wecom: WecomSimulator
  let gateway: WecomGateway
  const accounts = (more = {}) => [{ id: 'kf', settings: { ...wecom.settings, ...more } }]
  /** A node that is called back. */
  async function listening(more = {}) {
    const node = await gateway.node(accounts(more))
    await node.channel.start()
    wecom.callbackUrl = `${node.url}/channels/wecom/kf`
    return node
  }

  beforeEach(async () => {
    wecom = new WecomSimulator({ callbackRetryMs: 10 })
    await wecom.listen()
    gateway = new WecomGateway()
  })
  afterEach(async () => {
    await gateway.close()
    await wecom.close()
  })

  it('each message once, in order, however many callbacks there are', async () => {
    await listening()
    for (const text of ['一', '二', '三']) await wecom.say(LI, text)
    await wecom.tell()
    await wecom.tell()
    await gateway.until(() => gateway.inbox.length === 3, 'three messages')
    await gateway.close()
    expect(gateway.texts()).to.deep.equal(['一', '二', '三'])
    expect(gateway.health).to.equal('ok')
  })

  it('what came while nobody listened is fetched at the next start', async () => {
    await wecom.say(LI, '开始前')
    const { channel } = await gateway.node(accounts())
    await channel.start()
    await gateway.until(() => gateway.texts().includes('开始前'), 'the one before')
    await wecom.say(LI, '没有回调')
    await channel.stop()
    const second = await gateway.node(accounts())
    await second.channel.start()
    await gateway.until(() => gateway.texts().includes('没有回调'), 'the one without callback')
  })

  it('a notification that never came is made up for by the timer', async () => {
    const pulled: string[] = []
    const token = { get: async () => 'T', renewed: async () => 'T' } as never
    const context = { state: gateway.state(), health: gateway.healthBook(), now: Date.now }
    const puller = new Puller({
      ...{ accountId: 'kf', openKfId: wecom.openKfId, pollMs: 20 },
      api: new KfApi(wecom.url, token),
      context: { ...context, onError: (error) => void gateway.errors.push(error) },
      take: async (messages) => void pulled.push(...messages.map(({ msgid }) => msgid)),
    })
    wecom.acceptAnyToken = true
    puller.pull()
    await gateway.until(() => gateway.health === 'ok', 'the first pull')
    const msgid = await wecom.say(LI, '没有回调')
    await gateway.until(() => pulled.includes(msgid), 'the message')
    await puller.stop()
    const calls = wecom.calls.length
    expect(pulled).to.deep.equal([msgid])
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(wecom.calls.length).to.equal(calls)
  })

  it('pages follow each other, also empty ones, and a cursor that stands still ends', async () => {
    for (let n = 0; n < 25; n++) await wecom.say(n % 2 ? LI : HAN, `第${n}条`)
    wecom.maxPage = 2
    wecom.emptyPages = 3
    await listening()
    await gateway.until(() => gateway.inbox.length === 25, 'all of them')
    for (const user of [LI, HAN]) {
      const own = gateway.inbox.filter(({ threadKey }) => threadKey === user)
      const texts = own.map(({ parts: [part] }) => (part as { text: string }).text)
      const sorted = [...texts].sort((a, b) => Number(a.slice(1, -1)) - Number(b.slice(1, -1)))
      expect(texts).to.deep.equal(sorted)
    }
    wecom.emptyPages = Infinity
    await wecom.tell()
    await gateway.until(
      () => gateway.faults.some(({ code }) => code === 'CURSOR_STANDS_STILL'),
      'the end of it',
    )
  })

  it('a crash after the messages were stored and before the cursor moved repeats, and doubles nothing', async () => {
    gateway.beforeSet = (key) => {
      if (key.startsWith('progress')) throw new Error('killed')
    }
    const { channel } = await listening()
    await wecom.say(LI, '只此一条')
    await gateway.until(() => gateway.errors.length > 0, 'the crash')
    await channel.stop()
    expect(gateway.texts()).to.deep.equal(['只此一条'])
    gateway.beforeSet = () => undefined
    await listening()
    await gateway.until(() => gateway.duplicates > 0, 'the repeat')
    expect(gateway.texts()).to.deep.equal(['只此一条'])
  })

  it('a store that fails in the middle of a page loses nothing: the cursor stays', async () => {
    for (const text of ['a', 'b', 'c']) await wecom.say(LI, text)
    let down = true
    gateway.beforeStoring = ({ parts: [part] }) => {
      if (down && (part as { text: string }).text === 'b') throw new Error('the store is down')
    }
    await listening()
    await gateway.until(() => gateway.errors.length > 0, 'the failure')
    expect(gateway.texts()).to.deep.equal(['a'])
    down = false
    await wecom.tell()
    await gateway.until(() => gateway.inbox.length === 3, 'the rest')
    expect(gateway.texts()).to.deep.equal(['a', 'b', 'c'])
  })

  it('two nodes that pull at once take turns and double nothing', async () => {
    const one = await listening()
    const two = await gateway.node(accounts())
    await two.channel.start()
    for (let n = 0; n < 20; n++) {
      wecom.callbackUrl = `${(n % 2 ? one : two).url}/channels/wecom/kf`
      await wecom.say(n % 3 ? LI : HAN, `${n}`)
    }
    await gateway.until(() => gateway.inbox.length === 20, 'all of them')
    const keys = new Set(gateway.inbox.map(({ dedupeKey }) => dedupeKey))
    expect(keys.size).to.equal(20)
    expect(wecom.calls.filter(({ path }) => path === 'gettoken')).to.have.length(1)
  })

  it('what others answered before we came is left alone', async () => {
    wecom.append({
      ...{ external_userid: LI, origin: 3, msgtype: 'text', text: { content: '昨天的' } },
      send_time: Math.floor(Date.now() / 1000) - 86_400,
    })
    await listening()
    await wecom.say(LI, '今天的')
    await gateway.until(() => gateway.inbox.length > 0, 'a message')
    expect(gateway.texts()).to.deep.equal(['今天的'])
  })

  it('an access token that ran out is renewed once, and the message comes', async () => {
    await listening()
    await wecom.say(LI, '一')
    await gateway.until(() => gateway.inbox.length === 1, 'the first')
    wecom.expireToken()
    await wecom.say(LI, '二')
    await gateway.until(() => gateway.inbox.length === 2, 'the second')
    expect(wecom.calls.filter(({ path }) => path === 'gettoken')).to.have.length(2)
  })

  it('a callback token WeCom no longer takes is left out', async () => {
    await listening()
    await gateway.until(() => gateway.health === 'ok', 'the first pull')
    wecom.append({
      ...{ external_userid: LI, origin: 3, msgtype: 'text' },
      text: { content: '来了' },
    })
    await wecom.postOnce(wecom.callbackXml('ENCunknown'))
    await gateway.until(() => gateway.inbox.length === 1, 'the message')
    const pulls = wecom.calls.filter(({ path }) => path === 'kf/sync_msg')
    expect(pulls.at(-1)!.body).to.not.have.property('token')
  })

  it('too many pulls without a token make it rest, and the operator is told', async () => {
    wecom.pullsWithoutToken = 0
    await listening()
    await gateway.until(() => gateway.faults.some(({ code }) => code === '45009'), 'the warning')
    expect(gateway.health).to.equal('warning')
    // with the token of a callback it goes on at once
    await wecom.say(LI, '在吗')
    await gateway.until(() => gateway.inbox.length === 1, 'the message')
    expect(gateway.health).to.equal('ok')
  })

  it('WeCom away is shown as down, an address that is not trusted calls a person', async () => {
    wecom.fault('gettoken', 'refuse')
    await listening()
    await gateway.until(() => gateway.health === 'down', 'down')
    wecom.trusted = false
    await wecom.tell()
    await gateway.until(() => gateway.health === 'needsPerson', 'a person')
    expect(gateway.faults.at(-1)).to.include({ code: '60020' })
    expect(gateway.faults.at(-1)!.detail).to.match(/from ip: 127\.0\.0\.1/)
    wecom.trusted = true
    await wecom.say(LI, '好了')
    await gateway.until(() => gateway.inbox.length === 1, 'the message')
    expect(gateway.health).to.equal('ok')
  })

  it('an item that is no message stops nobody', async () => {
    wecom.append({ msgid: '' })
    wecom.append({
      ...{ external_userid: LI, origin: 3, msgtype: 'text' },
      text: 'not as documented',
    })
    await listening()
    await wecom.say(LI, '后面的')
    await gateway.until(() => gateway.texts().includes('后面的'), 'the one behind')
    expect(gateway.texts()).to.deep.equal(['[无法显示的消息] text', '后面的'])
    expect(gateway.faults.map(({ code }) => code)).to.include('UNREADABLE_MESSAGES')
  })
})
