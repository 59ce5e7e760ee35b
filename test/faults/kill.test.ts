/**
 * SIGKILL of the process, and of the embedded engine, at each step of the way. After the restart everything
 * acknowledged is there once: messages in order, queue places, offers, tickets.
 */
import { expect } from 'chai'
import type { ServerFrame } from '../../channels/webchat/protocol.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { simulateChat } from '../harness/chat.ts'
import type { SimulatedChat } from '../harness/chat.ts'
import { RunningProduct } from '../harness/product.ts'

type Victim = 'process' | 'engine'

for (const victim of ['process', 'engine'] as Victim[]) {
  // a server of one's own cannot be killed by a test of ours
  const embeddedOnly = victim === 'engine' && process.env.MONGODB_URI
  ;(embeddedOnly ? describe.skip : describe)(`kill -9 of the ${victim}`, function () {
    this.timeout(90_000)
    let product: RunningProduct
    let admin: SimulatedAgent

    before(async () => {
      product = await new RunningProduct().start()
      admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
      await admin.openAllHours()
    })
    after(() => product.stop())
    afterEach(function () {
      // what the product said of it belongs to the report of a failure
      const { currentTest } = this
      if (currentTest?.state === 'failed')
        currentTest.err!.stack += `\n${product.output.slice(-4000)}`
    })

    async function strike(): Promise<void> {
      if (victim === 'engine') return product.killEngine()
      await product.kill()
      await product.start()
    }

    /** Strikes the moment a frame that fits arrives, comes back, and sends again what was not acknowledged. */
    async function strikeWhen(
      visitor: SimulatedChat,
      text: string,
      fits: (frame: ServerFrame) => boolean,
    ): Promise<void> {
      const clientMsgId = `strike-${Math.random().toString(36).slice(2)}`
      const from = visitor.frames.length
      visitor.send({ t: 'say', clientMsgId, content: { type: 'text', text } })
      await visitor.until(() => visitor.frames.slice(from).some(fits), 'the moment to strike')
      await strike()
      if (!visitor.isOpen || victim === 'process') await visitor.connect({ resume: true })
      const stored = visitor.frames.some(
        (frame) => frame.t === 'stored' && frame.clientMsgId === clientMsgId,
      )
      if (!stored) await visitor.say(text, clientMsgId)
    }

    const isStored = (frame: ServerFrame) => frame.t === 'stored'
    const isCommitted = (frame: ServerFrame) =>
      frame.t === 'message' && frame.message.author.kind === 'contact'
    const isAnswered = (frame: ServerFrame) =>
      frame.t === 'message' && frame.message.author.kind === 'bot'

    for (const [moment, fits] of [
      ['the inbox row is stored', isStored],
      ['the turn is committed', isCommitted],
      ['the outbox has sent the answer', isAnswered],
    ] as const) {
      it(`when ${moment}: the question stands once and is answered once`, async () => {
        const visitor = await simulateChat(product.url)
        await visitor.ask('你好', /欢迎|热线|请选择/)
        await strikeWhen(visitor, '兵马俑门票多少钱', fits)
        await visitor.hears(/预约购票/)
        // a further question, so that whatever else was on its way has come
        await visitor.ask('钟楼鼓楼怎么去', /地铁|公交|钟楼/)
        const asked = visitor.said.filter((text) => text === '兵马俑门票多少钱')
        const answers = visitor.said.filter((text) => text.includes('预约购票'))
        expect(asked).to.have.length(1)
        expect(answers).to.have.length(1)
        await expectGapFree(visitor)
      })
    }

    it('in the middle of a complaint: the ticket exists once and its number is told', async () => {
      const visitor = await simulateChat(product.url)
      await visitor.ask('投诉', /投诉|登记/)
      await visitor.ask('1', /发生了什么/)
      await visitor.ask('导游强迫购物', /哪家单位/)
      await visitor.ask('不知道', /哪一天/)
      await visitor.ask('昨天', /联系电话/)
      await visitor.ask('13800138000', /对吗/)
      await strikeWhen(visitor, '1', isStored)
      const told = await visitor.hears(/C\d{8}-\d{4}/)
      const serial = /C\d{8}-\d{4}/.exec(told)![0]
      const { items } = await admin.get<{ items: { serial: string; conversationId: string }[] }>(
        '/tickets',
      )
      const conversationId = [...visitor.messages.values()][0]!.conversationId
      const own = items.filter((ticket) => ticket.conversationId === conversationId)
      expect(own.map((ticket) => ticket.serial)).to.deep.equal([serial])
      await visitor.say('2')
      await visitor.ask('查进度', /流水号/)
      await visitor.ask(serial, /已登记|待分派/)
    })

    it('while people wait: nobody loses the place', async () => {
      const visitors: SimulatedChat[] = []
      for (let i = 0; i < 4; i++) {
        const visitor = await simulateChat(product.url)
        await visitor.say('人工')
        await visitor.status('waiting')
        visitors.push(visitor)
      }
      await strike()
      const order: string[] = []
      const lin = await new SimulatedAgent(product.url).signIn('lin', product.password('lin'))
      await lin.connect()
      await lin.ready()
      for (let i = 0; i < 3; i++) order.push((await lin.accept()).card.contact.id)
      const expected = lin.frames
        .flatMap((frame) => (frame.t === 'welcome' ? frame.conversations : []))
        .filter(({ state }) => state === 'queued' || state === 'offered')
        .sort((a, b) => a.enqueuedAtMs! - b.enqueuedAtMs!)
        .map(({ contact }) => contact.id)
      expect(expected).to.have.length(4)
      expect(order).to.deep.equal(expected.slice(0, 3))
      for (const visitor of visitors) {
        if (!visitor.isOpen) await visitor.connect({ resume: true })
        visitor.send({ t: 'leave' })
      }
      await closeAll(lin)
    })

    it('while the console rings and while the agent talks: the offer and the talk go on', async () => {
      const lin = await new SimulatedAgent(product.url).signIn('lin', product.password('lin'))
      await lin.connect()
      await lin.ready()
      const visitor = await simulateChat(product.url)
      await visitor.say('人工')
      await lin.offered()
      await strike()
      if (victim === 'process') await lin.connect()
      const { card } = await lin.accept()
      const clientMsgId = await lin.say(card.id, '您好,我是小林')
      await strike()
      if (victim === 'process') await lin.connect()
      if (!visitor.isOpen || victim === 'process') await visitor.connect({ resume: true })
      await visitor.hears(/我是小林/)
      // the console repeats what it is not sure of
      await lin.say(card.id, '您好,我是小林', clientMsgId)
      await visitor.say('听得到')
      await lin.open(card.id)
      await lin.until(
        () => lin.card((each) => each.id === card.id)?.preview === '听得到',
        'the word of the visitor',
      )
      const { messages } = await lin.open(card.id)
      expect(messages.filter(({ author }) => author.kind === 'agent')).to.have.length(1)
      expect(messages.map(({ seq }) => seq)).to.deep.equal(messages.map((_, index) => index + 1))
      await closeAll(lin)
    })

    async function closeAll(agent: SimulatedAgent): Promise<void> {
      const me = agent.welcome.me.id
      for (let mine = agent.card(({ agentId }) => agentId === me); mine;) {
        await agent.do({ do: 'finish', conversationId: mine.id })
        await agent.do({ do: 'wrapUpDone', conversationId: mine.id })
        const doneId = mine.id
        mine = agent.card(({ agentId, id }) => agentId === me && id !== doneId)
      }
      agent.cut()
    }

    async function expectGapFree(visitor: SimulatedChat): Promise<void> {
      const { conversationId } = [...visitor.messages.values()][0]!
      const lin = await new SimulatedAgent(product.url).signIn('lin', product.password('lin'))
      const { messages } = await lin.get<{ messages: { seq: number }[] }>(
        `/conversations/${conversationId}/messages`,
      )
      expect(messages.map(({ seq }) => seq)).to.deep.equal(messages.map((_, index) => index + 1))
    }
  })
}
