import { expect } from 'chai'
import { simulateChat } from '../harness/chat.ts'
import type { RefusedError } from '../harness/agent.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'

describe('the whole way of a conversation', function () {
  this.timeout(60_000)
  let product: RunningProduct
  const agents: SimulatedAgent[] = []

  before(async () => {
    product = await runProduct()
    const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
  })
  after(() => product.stop())
  afterEach(() => {
    for (const agent of agents.splice(0)) agent.cut()
  })

  async function agent(userName: string): Promise<SimulatedAgent> {
    const simulated = await new SimulatedAgent(product.url).signIn(
      userName,
      product.password(userName),
    )
    agents.push(simulated)
    return simulated.connect()
  }

  it('a tourist asks, complains, gets a number, asks for a person, and is served in Chinese', async () => {
    const lin = await (await agent('lin')).ready()
    const visitor = await simulateChat(product.url)
    await visitor.ask('兵马俑门票多少钱', /预约/)
    await visitor.say('投诉')
    await visitor.say('导游强迫购物,不买就不让上车')
    await visitor.until(() => visitor.said.length > 5, 'the complaint questions')
    await visitor.say('转人工')
    const { card, messages } = await lin.accept()
    expect(card.contact.id).to.be.a('string')
    expect(messages.some(({ parts }) => JSON.stringify(parts).includes('强迫购物'))).to.equal(true)
    expect(messages.map(({ seq }) => seq)).to.deep.equal(messages.map((_, index) => index + 1))
    await visitor.status('agent')
    await lin.say(card.id, '您好,我是林小雨,已看到您说的情况。')
    await visitor.hears(/已看到您说的情况/)
    await visitor.say('太好了,谢谢')
    await lin.hears(/太好了/)

    await lin.do({ do: 'finish', conversationId: card.id })
    await visitor.hears(/评|打分|满意/)
    await lin.do({ do: 'wrapUpDone', conversationId: card.id, code: 'answered' })
  })

  it('the bot is silent while a human has the conversation, and speaks again when handed back', async () => {
    const lin = await (await agent('lin')).ready()
    const visitor = await simulateChat(product.url)
    await visitor.say('人工')
    const { card, messages } = await lin.accept()
    const acceptedSeq = messages.at(-1)!.seq
    await visitor.status('agent')
    await visitor.say('大雁塔几点开门')
    await lin.hears(/大雁塔几点开门/)
    await lin.say(card.id, '稍等,我查一下')
    await visitor.hears(/稍等,我查一下/)
    const since = [...visitor.messages.values()].filter(({ seq }) => seq > acceptedSeq)
    expect(since.filter(({ author }) => author.kind === 'bot')).to.deep.equal([])
    await lin.do({ do: 'handBack', conversationId: card.id })
    await visitor.status('bot')
    await visitor.ask('大雁塔几点开门', /大雁塔|慈恩寺/)
  })

  it('an offer nobody answers rolls on to the next agent', async () => {
    const lin = await (await agent('lin')).ready()
    const chen = await (await agent('chen')).ready()
    const visitor = await simulateChat(product.url)
    await visitor.say('人工')
    const isOffered = (each: SimulatedAgent) =>
      each.card((card) => card.offer?.agentId === each.welcome.me.id)
    await lin
      .until(() => isOffered(lin) !== undefined || isOffered(chen) !== undefined, 'the first offer')
      .catch(() => chen.offered())
    const [first, second] = isOffered(lin) ? [lin, chen] : [chen, lin]
    const offer = await first.offered()
    await first.do({ do: 'decline', conversationId: offer.id, offerId: offer.offer!.id })
    const next = await second.offered()
    expect(next.id).to.equal(offer.id)
    await second.do({ do: 'accept', conversationId: next.id, offerId: next.offer!.id })
    await visitor.status('agent')
    let refused: unknown
    await first
      .do({ do: 'accept', conversationId: offer.id, offerId: offer.offer!.id })
      .catch((error: unknown) => (refused = error))
    expect((refused as RefusedError).error.code).to.equal('OFFER_GONE')
  })

  it('a cry for help reaches a human ahead of everybody who waits', async () => {
    const visitors = await Promise.all([0, 1, 2].map(() => simulateChat(product.url)))
    for (const visitor of visitors) {
      await visitor.say('人工')
      await visitor.status('waiting')
    }
    const drowning = await simulateChat(product.url)
    await drowning.say('救命,有人溺水了')
    await drowning.status('waiting')
    const lin = await (await agent('lin')).ready()
    const first = await lin.accept()
    expect(first.card.emergency).to.equal(true)
    expect(JSON.stringify(first.messages)).to.contain('溺水')
    for (const visitor of visitors) visitor.send({ t: 'leave' })
  })

  it('a transfer carries the note and everything said to the other agent', async () => {
    const lin = await (await agent('lin')).ready()
    const visitor = await simulateChat(product.url, 'en')
    await visitor.say('agent')
    const { card } = await lin.accept()
    const chen = await (await agent('chen')).ready()
    await lin.do({
      do: 'transfer',
      conversationId: card.id,
      toAgentId: chen.welcome.me.id,
      note: 'wants a refund',
    })
    const passedOn = await chen.offered()
    expect(passedOn.note).to.equal('wants a refund')
    const { messages } = await chen.accept()
    expect(JSON.stringify(messages)).to.contain('agent')
  })

  it('the same message sent twice is one message, on both sides', async () => {
    const lin = await (await agent('lin')).ready()
    const visitor = await simulateChat(product.url)
    const clientMsgId = await visitor.say('人工')
    visitor.cut()
    await visitor.connect({ resume: true })
    await visitor.say('人工', clientMsgId)
    const { card } = await lin.accept()
    const twice = await lin.say(card.id, '您好')
    await lin.say(card.id, '您好', twice)
    await visitor.hears(/您好/, 4)
    const { messages } = await lin.open(card.id)
    expect(messages.filter(({ parts }) => JSON.stringify(parts).includes('"人工"'))).to.have.length(
      1,
    )
    expect(messages.filter(({ author }) => author.kind === 'agent')).to.have.length(1)
    expect(messages.map(({ seq }) => seq)).to.deep.equal(messages.map((_, index) => index + 1))
  })
})
