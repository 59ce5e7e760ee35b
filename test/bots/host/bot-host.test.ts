import { expect } from 'chai'
import { TextPrompt, WaterfallDialog } from 'botbuilder-dialogs'
import { BotHost } from '../../../bots/host/bot-host.ts'
import type { HostReply } from '../../../bots/host/bot-host.ts'
import type { BotServices } from '../../../bots/host/services.ts'
import { flowDocSchema } from '../../../bots/flow/schema.ts'
import type { FlowInput, PublishedFlow } from '../../../bots/flow/state.ts'

const say = (zh: string) => ({ 'zh-CN': { text: zh }, en: { text: zh } })

/** Books a seat in code, asks for the weather by a source, and knows help and people. */
const doc = flowDocSchema.parse({
  schema: 1,
  id: 'main',
  name: 'host',
  kind: 'main',
  langs: ['zh-CN', 'en'],
  defaultLang: 'zh-CN',
  entry: 'menu',
  vars: [
    { name: 'seat', type: 'text' },
    { name: 'weather', type: 'object' },
  ],
  hotkeys: [
    { id: 'agent', say: { 'zh-CN': ['人工'], en: ['agent'] }, target: 'people' },
    { id: 'sos', emergency: true, say: { 'zh-CN': ['救命'], en: ['help me'] }, target: 'rescue' },
  ],
  blocks: {
    menu: {
      type: 'menu',
      prompt: say('订座还是天气?'),
      choices: [
        { id: 'book', dtmf: '1', label: { 'zh-CN': '订座', en: 'book' } },
        { id: 'weather', dtmf: '2', label: { 'zh-CN': '天气', en: 'weather' } },
        { id: 'slow', dtmf: '3', label: { 'zh-CN': '预报', en: 'forecast' } },
      ],
      out: { book: 'booking', weather: 'ask', slow: 'slow', noMatch: 'menu', noInput: 'menu' },
    },
    booking: {
      type: 'dialog',
      dialog: 'book',
      set: 'seat',
      out: { next: 'booked', error: 'sorry' },
    },
    booked: { type: 'say', prompt: say('已订 {{seat}}'), out: { next: 'menu' } },
    ask: {
      type: 'query',
      source: 'weather',
      params: {},
      set: 'weather',
      out: { next: 'told', empty: 'sorry', error: 'sorry' },
    },
    slow: {
      ...{ type: 'query', source: 'weather', params: {}, set: 'weather', wait: say('请稍等') },
      out: { next: 'told', empty: 'sorry', error: 'sorry' },
    },
    told: { type: 'say', prompt: say('{{weather.text}}'), out: { next: 'menu' } },
    sorry: { type: 'say', prompt: say('暂时查不到'), out: { next: 'menu' } },
    people: {
      type: 'queue',
      queue: 'general',
      out: { closed: 'menu', timeout: 'menu', failed: 'menu', after: 'menu' },
    },
    rescue: {
      type: 'queue',
      queue: 'emergency',
      emergency: true,
      out: { closed: 'menu', timeout: 'menu', failed: 'menu', after: 'menu' },
    },
  },
})

function book(): WaterfallDialog {
  return new WaterfallDialog('book', [
    (step) => step.prompt('seatPrompt', '坐哪里?'),
    (step) => step.prompt('seatPrompt', '几位?'),
    (step) => step.endDialog(`靠窗 ${String(step.result)} 位`),
  ])
}

class Talk {
  reply: HostReply | undefined
  readonly host: BotHost
  weather: () => Promise<unknown> = async () => ({ text: '晴' })

  constructor() {
    const flow: PublishedFlow = { id: 'main', version: 1, doc }
    const unused = async () => {
      throw new Error('not part of this flow')
    }
    const services: BotServices = {
      now: () => 0,
      flow: (id) => (id === 'main' ? flow : undefined),
      prepare: async () => undefined,
      hours: () => 'open',
      query: () => this.weather(),
      createTicket: unused,
      appendTicket: unused,
      lookupTicket: unused,
      sendCode: unused,
      verifyCode: unused,
      searchKnowledge: unused,
      classify: unused,
    }
    this.host = new BotHost({ services, dialogs: [book(), new TextPrompt('seatPrompt')] })
  }

  async says(text: string, bot = this.reply?.bot): Promise<HostReply> {
    const input: FlowInput = { in: 'text', text }
    const turn = {
      conversationId: 'c1',
      channel: 'webchat' as const,
      lang: 'zh-CN',
      flowId: 'main',
    }
    return (this.reply = await this.host.turn({
      ...turn,
      contact: { _id: 'p1', vip: false },
      bot,
      input,
    }))
  }

  get heard(): string {
    return (this.reply?.effects ?? [])
      .flatMap((each) => (each.fx === 'say' ? each.text : []))
      .join('\n')
  }

  get handoff() {
    return this.reply?.effects.find((each) => each.fx === 'handoff')
  }
}

describe('flows hosted by botbuilder', () => {
  it('a flow calls a waterfall written by programmers and goes on with its result', async () => {
    const talk = new Talk()
    await talk.says('你好')
    await talk.says('1')
    expect(talk.heard).to.equal('坐哪里?')
    await talk.says('靠窗')
    expect(talk.heard).to.equal('几位?')
    await talk.says('3')
    expect(talk.heard).to.contain('已订 靠窗 3 位').and.contain('订座还是天气')
  })

  it('the state between turns is plain JSON, small, and enough for another process', async () => {
    const talk = new Talk()
    await talk.says('你好')
    await talk.says('1')
    const stored = JSON.stringify(talk.reply!.bot)
    expect(stored.length).to.be.below(2000)
    const other = new Talk()
    await other.says('靠窗', JSON.parse(stored))
    expect(other.heard).to.equal('几位?')
  })

  it('asking for a person interrupts a coded dialog', async () => {
    const talk = new Talk()
    await talk.says('你好')
    await talk.says('1')
    await talk.says('人工')
    expect(talk.handoff).to.include({ queue: 'general' })
    expect(talk.reply!.status).to.equal('queued')
    expect(talk.heard).to.not.contain('几位')
  })

  it('a cry for help interrupts a coded dialog', async () => {
    const talk = new Talk()
    await talk.says('你好')
    await talk.says('1')
    await talk.says('救命啊')
    expect(talk.handoff).to.include({ queue: 'emergency', emergency: true })
  })

  it('a source that fails takes the exit for errors', async () => {
    const talk = new Talk()
    talk.weather = async () => {
      throw new Error('no answer')
    }
    await talk.says('你好')
    await talk.says('2')
    expect(talk.heard).to.contain('暂时查不到')
  })

  it('what is said while a source is asked is told before it is asked; the next turn goes on', async () => {
    const talk = new Talk()
    let asked = 0
    talk.weather = async () => ({ text: `晴 ${++asked}` })
    await talk.says('你好')
    await talk.says('3')
    expect(talk.reply!.status).to.equal('calling')
    expect(talk.heard).to.equal('请稍等')
    expect(asked).to.equal(0)
    expect(talk.host.unfinished(talk.reply!.bot)).to.equal(true)
    await talk.says('嗯')
    expect(talk.heard).to.match(/^晴 1\n/)
    expect(talk.reply!.status).to.equal('wait')
    expect(talk.host.unfinished(talk.reply!.bot)).to.equal(false)
  })

  it('a turn leaves the state it was given as it was, so the loser of a race can run again', async () => {
    const talk = new Talk()
    const before = (await talk.says('你好')).bot
    const copy = structuredClone(before)
    const first = await talk.says('2', before)
    const again = await talk.says('2', before)
    expect(before).to.deep.equal(copy)
    expect(again.effects).to.deep.equal(first.effects)
    expect(again.bot).to.deep.equal(first.bot)
  })

  it('says which versions a state holds on to', async () => {
    const talk = new Talk()
    await talk.says('你好')
    expect(talk.host.pins(talk.reply!.bot)).to.deep.equal([{ flow: 'main', version: 1 }])
    expect(talk.host.pins(undefined)).to.deep.equal([])
  })
})
