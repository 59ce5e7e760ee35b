import { expect } from 'chai'
import { SimulatedAgent } from '../harness/agent.ts'
import type { SimulatedChat } from '../harness/chat.ts'
import { simulateChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'

describe('after the talk, while the agent writes up', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let lin: SimulatedAgent

  before(async () => {
    product = await runProduct()
    const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
    // a team leader may take up again what is nobody's any more
    lin = await new SimulatedAgent(product.url).signIn('chen', product.password('chen'))
    await lin.connect()
    await lin.ready()
  })
  after(() => product.stop())

  /** Served, finished and rated: the flow has nothing more to say. */
  async function rated(): Promise<{ visitor: SimulatedChat; conversationId: string }> {
    const visitor = await simulateChat(product.url)
    await visitor.say('人工')
    const { card } = await lin.accept()
    await visitor.status('agent')
    const before = visitor.lastSeq
    await lin.do({ do: 'finish', conversationId: card.id })
    await visitor.hears(/评|打分|满意/, before)
    await visitor.ask('5', /谢谢|感谢|反馈|意见|建议/)
    await visitor.ask('没有了', /再见/)
    return { visitor, conversationId: card.id }
  }

  const spokenByBotAfter = (visitor: SimulatedChat, seq: number) =>
    [...visitor.messages.values()].filter(
      (message) => message.seq > seq && message.author.kind === 'bot',
    )

  it('taken up again by a person, the bot does not greet anew', async () => {
    const { visitor, conversationId } = await rated()
    await lin.do({ do: 'take', conversationId })
    await visitor.status('agent')
    const from = visitor.lastSeq
    await lin.say(conversationId, '还有一件事要告诉您')
    await visitor.hears(/还有一件事/)
    expect(spokenByBotAfter(visitor, from)).to.deep.equal([])
    await lin.do({ do: 'finish', conversationId })
    await lin.do({ do: 'wrapUpDone', conversationId })
    visitor.cut()
  })

  it('spoken to again, the bot answers, and the end of the wrap-up does not cut it short', async () => {
    const { visitor, conversationId } = await rated()
    await visitor.ask('兵马俑门票多少钱', /预约/)
    await lin.do({ do: 'wrapUpDone', conversationId })
    await visitor.ask('大雁塔几点开门', /大雁塔|慈恩寺/)
    const conversations = new Set(
      [...visitor.messages.values()].slice(-2).map((message) => message.conversationId),
    )
    expect([...conversations]).to.have.length(1)
  })
})
