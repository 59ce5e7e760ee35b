/** Who asks in writing to be called: the agent who takes it is connected, or has the number to dial. */
import { expect } from 'chai'
import { callCardOf, trunkTo } from '../../harness/desk-calls.ts'
import { BrowserLine } from '../../harness/browser-line.ts'
import { SimulatedPhone } from '../../harness/phone.ts'
import { WeiboSimulator } from '../../simulators/weibo.ts'
import type { WeiboReceived } from '../../simulators/weibo.ts'
import { ChannelScene } from '../scene.ts'

const TOURIST_HZ = 400
const AGENT_HZ = 700

describe('a call back asked for in writing', function () {
  this.timeout(60_000)
  const weibo = new WeiboSimulator()
  let scene: ChannelScene
  let outside: SimulatedPhone
  let uid = 7012345678901236000n

  before(async () => {
    scene = await ChannelScene.open()
    outside = await SimulatedPhone.start()
    await trunkTo(scene.admin, outside.port)
    const url = await weibo.listen()
    await scene.addAccount({ id: 'weibo', kind: 'weibo', settings: weibo.settings(url) })
    weibo.callback = scene.callback('weibo', 'weibo')
  })
  after(async () => {
    await weibo.close()
    await outside.stop()
    await scene.close()
  })

  const texts = (to: string) =>
    weibo.received.flatMap((each: WeiboReceived) =>
      each.kind === 'message' && each.type === 'text' && each.to === to
        ? [String(each.data.text)]
        : [],
    )
  const hears = (to: string, expected: RegExp) =>
    scene.until(() => texts(to).some((text) => expected.test(text)), `${expected}`)
  const cardOf = (id: string) => callCardOf(scene.lin, (card) => card.conversationId === id)
  const ended = (id: string) =>
    scene.lin.until(() => cardOf(id)?.phase === 'ended', 'the end of the call')

  /** The sample hotline: 回电, then a number. @returns the conversation, in the queue */
  async function asks(number: string): Promise<{ id: string; to: string }> {
    const to = String(++uid)
    await weibo.say(to, '回电')
    await hears(to, /号码/)
    await weibo.say(to, number)
    await hears(to, /已登记回电/)
    const { _id } = (await scene.conversation(to))!
    return { id: _id, to }
  }

  it('is made at once when the agent takes it and can talk, and writing goes on', async () => {
    const rings = outside.answer('answer', 0, '13800138001')
    const { id, to } = await asks('13800138001')
    expect((await scene.lin.accept()).card.id).to.equal(id)
    const tourist = await rings
    tourist.hum(TOURIST_HZ)
    await scene.lin.until(() => cardOf(id)?.phase === 'talking', 'the talk')
    const line = await BrowserLine.open(scene.lin, id)
    line.hum(AGENT_HZ)
    await Promise.all([tourist.hearsTone(AGENT_HZ, 0.9), line.hearsTone(TOURIST_HZ, 0.9)])

    // somebody else is taken while lin talks: nothing rings, the number is there to be dialled
    const other = await asks('13800138002')
    await scene.lin.do({ do: 'take', conversationId: other.id })
    const number = () => scene.lin.card((card) => card.id === other.id)?.callback?.number
    expect(number()).to.equal('13800138002')
    expect(cardOf(other.id)).to.equal(undefined)

    tourist.hangUp()
    await ended(id)
    line.close()
    await weibo.say(to, '谢谢,再问一句')
    await scene.lin.hears(/再问一句/)
    expect((await scene.conversation(to))?.state).to.equal('agent')

    const second = outside.answer('answer', 0, '13800138002')
    await scene.lin.do({ do: 'dial', number: number()!, conversationId: other.id })
    const answered = await second
    await scene.lin.until(() => number() === undefined, 'the number to be gone from the card')
    answered.hangUp()
    await ended(other.id)
    expect((await scene.conversation(other.to))?.legs.map(({ channel }) => channel)).to.deep.equal([
      'weibo',
      'voice',
    ])
  })
})
