import { once } from 'node:events'
import { expect } from 'chai'
import { CmppSimulator } from '../../../simulators/cmpp.ts'
import { ChannelScene } from '../../scene.ts'

const TOURIST = '13800138000'
const OURS = '10690000'

describe('a tourist who writes text messages through a Chinese carrier', function () {
  this.timeout(60_000)
  const gateway = new CmppSimulator({ version: 0x30, repeatMs: 300 })
  let scene: ChannelScene

  before(async () => {
    scene = await ChannelScene.open()
    const { host, port } = await gateway.listen()
    const { spId, secret } = gateway.options
    const settings = { host, port, version: '3.0', spId, secret, srcId: OURS, responseSeconds: 5 }
    const connected = once(gateway, 'connected')
    await scene.addAccount({ id: 'sms', kind: 'cmpp', settings })
    await connected
  })
  after(async () => {
    await scene.close()
    await gateway.close()
  })

  const shows = (expected: RegExp, from = 0) =>
    scene.until(
      () => gateway.shown.slice(from).find(({ text }) => expected.test(text)),
      `${expected}`,
    )

  it('the test button', async () => {
    expect(await scene.check('sms')).to.include({ ok: true })
    const { state } = (await scene.account('sms')).health!
    expect(state).to.equal('ok')
  })

  it('asks, is answered in parts, is handed to an agent, and rates', async () => {
    await gateway.say(TOURIST, OURS, '城墙几点关门')
    expect((await shows(/城墙/)).to).to.equal(TOURIST)
    const before = gateway.shown.length
    await gateway.say(TOURIST, OURS, '转人工')
    const { card } = await scene.lin.accept()
    expect(card.channel).to.equal('sms')
    await scene.lin.say(card.id, '您好,我是林小雨。')
    await shows(/我是林小雨/, before)
    const long =
      '我在兵马俑景区门口被要求额外付费,导游态度恶劣,希望你们尽快处理并给我一个说法。'.repeat(4)
    await gateway.say(TOURIST, OURS, long)
    await scene.lin.hears(new RegExp(`^${long}$`))
    await scene.lin.do({ do: 'finish', conversationId: card.id })
    await shows(/请评价/, before)
    await gateway.say(TOURIST, OURS, '5')
    await shows(/感谢|再见|还有什么/, before)
  })

  it('every message of ours is shown as delivered, from the reports of its parts', async () => {
    const ours = await scene.until(async () => {
      const messages = await scene.messages('+8613800138000')
      const out = messages.filter(({ direction }) => direction === 'out')
      return out.every(({ delivery }) => delivery?.state === 'delivered') && out
    }, 'all delivered')
    expect(ours.length).to.be.above(3)
  })

  it('what was written while the connection was down goes out when it is back', async () => {
    const before = gateway.shown.length
    await gateway.say(TOURIST, OURS, '转人工')
    const { card } = await scene.lin.accept()
    await shows(/./, before)
    const gone = once(gateway, 'gone')
    gateway.hangUp()
    await gone
    await scene.lin.say(card.id, '断线期间的回复')
    await shows(/断线期间的回复/, before)
    expect(gateway.shown.filter(({ text }) => /断线期间/.test(text))).to.have.length(1)
  })

  it('a gateway that never answers: nobody can tell, it is shown so, and never sent again', async () => {
    await gateway.say('13700137000', OURS, '转人工')
    const { card } = await scene.lin.accept()
    let times = 0
    const question = Buffer.from('收到了吗', 'utf16le').swap16()
    gateway.options.result = ({ content }) => {
      if (!content.equals(question)) return 0
      times++
      return 'mute'
    }
    await scene.lin.say(card.id, '收到了吗')
    const asked = async () => {
      const messages = await scene.messages('+8613700137000')
      return messages.find(({ parts }) => parts[0]?.type === 'text' && parts[0].text === '收到了吗')
    }
    await scene.until(async () => (await asked())?.delivery?.state === 'unknown', 'unknown')
    const again = once(gateway, 'connected')
    await scene.restart()
    await again
    // whatever the restart took up again was sent before this is answered
    expect(await gateway.say('13700137000', OURS, '还在吗')).to.deep.equal([0])
    expect((await asked())?.delivery?.state).to.equal('unknown')
    expect(times).to.equal(1)
    gateway.options.result = undefined
  })

  it('a restart between two parts of a message loses none of them', async () => {
    const long = '重启前后'.repeat(30)
    const [first, second] = gateway.partsOf('13900139000', OURS, long)
    expect(await gateway.deliver(first!)).to.equal(0)
    const again = once(gateway, 'connected')
    await scene.restart()
    await again
    expect(await gateway.deliver(second!)).to.equal(0)
    await scene.until(async () => {
      const messages = await scene.messages('+8613900139000')
      return messages.some(({ parts }) => parts[0]?.type === 'text' && parts[0].text === long)
    }, 'the whole message')
    expect(scene.errors).to.deep.equal([])
  })
})
