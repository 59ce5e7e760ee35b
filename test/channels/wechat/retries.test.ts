import { expect } from 'chai'
import type { Message } from '../../../gateway/domain/message.ts'
import { MessageModel } from '../../../gateway/intake/model.ts'
import { emptyIntake, Rig } from '../../intake/rig.ts'
import { openTemporaryStore } from '../../intake/temporary-store.ts'
import { WechatSimulator } from '../../simulators/wechat.ts'
import { WechatNode } from './wechat-node.ts'

/** Life at a tenth: answered within 5 s, or told again twice; every fourth turn takes 8 s. */
const SCALE = 0.1
const USERS = 5
const WORDS = 8

describe('WeChat tells again what is not answered within five seconds', function () {
  this.timeout(60_000)
  let store: { close(): Promise<void> }

  before(async () => {
    store = await openTemporaryStore()
    await emptyIntake()
  })
  after(() => store.close())

  it('every fourth turn takes eight seconds: 40 of 40 are handled once, none out of order', async () => {
    const rig = new Rig()
    const echo = rig.reply
    const handled: string[] = []
    rig.reply = async (turn) => {
      if (turn.input.in === 'text' && handled.push(turn.input.text) % 4 === 0)
        await new Promise((resolve) => setTimeout(resolve, 8000 * SCALE))
      return echo(turn)
    }
    const wechat = new WechatSimulator({ callbackTimeoutMs: 5000 * SCALE })
    await wechat.listen()
    const node = await new WechatNode(wechat, {
      receive: (envelope) => rig.inbound.receive(envelope),
    }).listen()
    wechat.callback = node.callback

    const users = Array.from({ length: USERS }, (_, at) => `oTourist${at}`)
    await Promise.all(
      users.map(async (user) => {
        for (let count = 1; count <= WORDS; count++) await wechat.says(user, `${user} ${count}`)
      }),
    )
    await rig.quiet()

    expect(handled).to.have.length(USERS * WORDS)
    expect(new Set(handled).size).to.equal(USERS * WORDS)
    const stored = await MessageModel.find({ direction: 'in' })
      .sort({ conversationId: 1, seq: 1 })
      .lean<Message[]>()
    expect(stored).to.have.length(USERS * WORDS)
    for (const user of users) {
      const expected = Array.from({ length: WORDS }, (_, at) => `${user} ${at + 1}`)
      const said = stored
        .map(({ parts }) => (parts[0] as { text: string }).text)
        .filter((text) => text.startsWith(`${user} `))
      expect(said).to.deep.equal(expected)
      expect(handled.filter((text) => text.startsWith(`${user} `))).to.deep.equal(expected)
    }
    expect(wechat.gaveUp).to.equal(0)
    expect(rig.errors).to.deep.equal([])
    await node.close()
    await wechat.close()
  })

  it('an answer that got lost on its way: told again, handled once', async () => {
    const rig = new Rig()
    const wechat = new WechatSimulator({ callbackTimeoutMs: 1000 })
    await wechat.listen()
    let lost = 1
    const node = await new WechatNode(wechat, {
      receive: async (envelope) => {
        const result = await rig.inbound.receive(envelope)
        if (lost-- > 0) await new Promise((resolve) => setTimeout(resolve, 1500))
        return result
      },
    }).listen()
    wechat.callback = node.callback
    const { statuses, taken } = await wechat.says('oLost', 'once')
    expect(taken).to.equal(true)
    expect(statuses[0]).to.equal(0)
    await rig.quiet()
    const stored = await MessageModel.find({ 'parts.text': 'once' }).lean<Message[]>()
    expect(stored).to.have.length(1)
    await node.close()
    await wechat.close()
  })
})
