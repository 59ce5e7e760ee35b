import { expect } from 'chai'
import type { Effect } from '../../bots/flow/state.ts'
import type { Conversation } from '../../gateway/domain/conversation.ts'
import { ConversationModel, InboxModel } from '../../gateway/intake/model.ts'
import type { Opening } from '../../gateway/intake/turns.ts'
import { QueueModel, ScheduleModel } from '../../gateway/routing/model.ts'
import { emptyIntake, eventually, Rig, word } from './rig.ts'
import { openTemporaryStore } from './temporary-store.ts'

describe('the bot’s turn', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let rig: Rig

  before(async () => {
    store = await openTemporaryStore()
    const queue = {
      name: { zh: '综合', en: 'General' },
      strategy: 'longestIdle' as const,
      defaultPriority: 5,
      skills: [],
      offerTimeoutMs: 20_000,
      passOverMs: 60_000,
      preferredMs: 30_000,
      ageingMs: 60_000,
      wrapUpMs: 120_000,
      maxWaitMs: 0,
      warnAfterMs: 60_000,
      alarmAfterMs: 180_000,
      enabled: true,
      version: 1,
    }
    await QueueModel.create([
      { ...queue, _id: 'general' },
      { ...queue, _id: 'night', scheduleId: 'never' },
    ])
    await ScheduleModel.create({
      _id: 'never',
      name: { zh: '不', en: 'Never' },
      timezone: 'Asia/Shanghai',
      week: [[], [], [], [], [], [], []],
      exceptions: [],
    })
  })
  after(() => store.close())
  beforeEach(async () => {
    await emptyIntake()
    rig = new Rig()
    await rig.settings.start(rig.bus, (error) => rig.errors.push(error))
  })

  async function hears(text: string): Promise<Conversation> {
    await rig.inbound.receive(word(text))
    await rig.settled()
    return (await ConversationModel.findOne().lean<Conversation>())!
  }

  const handoff = (queue: string, emergency = false): Effect => ({
    fx: 'handoff',
    block: 'agent',
    queue,
    context: {},
    emergency,
  })

  it('that breaks apologises and calls a person; what was said is kept', async () => {
    rig.reply = () => Promise.reject(new Error('the flow is broken'))
    const conversation = await hears('where is it')
    expect(conversation).to.include({ state: 'queued', queueId: 'general' })
    expect(rig.adapter.texts.join()).to.contain('connecting you to a person')
    expect(rig.errors.map(String)).to.include('Error: the flow is broken')
    expect(conversation.bot).to.equal(undefined)
    expect(await InboxModel.countDocuments({ state: 'done' })).to.equal(1)
  })

  it('that insists on a queue which is closed ends with a person all the same', async () => {
    const asked: string[] = []
    rig.reply = ({ input }) => {
      asked.push(input.in)
      return { bot: { turns: asked.length }, effects: [handoff('night')], status: 'queued' }
    }
    const conversation = await hears('hello')
    expect(conversation).to.include({ state: 'queued', queueId: 'general' })
    expect(asked.length).to.be.below(10)
  })

  it('is told that a queue is closed, and may offer something else', async () => {
    rig.reply = ({ input }) =>
      input.in === 'event'
        ? {
            bot: { turns: 2 },
            effects: [{ fx: 'say', block: 'b', text: JSON.stringify(input.data), lang: 'en' }],
            status: 'wait',
          }
        : { bot: { turns: 1 }, effects: [handoff('night')], status: 'queued' }
    const conversation = await hears('hello')
    expect(conversation.state).to.equal('bot')
    expect(rig.adapter.texts.join()).to.contain('closed')
  })

  it('begins with the flow the rules choose by all that is known; later words ask them no more', async () => {
    const asked: Opening[] = []
    rig.flowFor = (facts) => {
      asked.push(facts)
      return facts.text?.includes('投诉') ? 'complaint' : undefined
    }
    const flows: string[] = []
    rig.reply = ({ flowId, input }) => {
      flows.push(`${input.in} ${flowId}`)
      return { bot: { turns: 1 }, effects: [], status: 'wait' }
    }
    const { _id } = await hears('我要投诉')
    expect(asked).to.deep.equal([
      {
        conversationId: _id,
        channel: 'webchat',
        accountId: word('').accountId,
        lang: asked[0]!.lang,
        text: '我要投诉',
        atMs: rig.nowMs,
      },
    ])
    expect(flows[0]).to.equal('start complaint')
    await hears('再说一句')
    expect(asked).to.have.length(1)
  })

  it('without a rule begins with the flow of the account', async () => {
    const flows: string[] = []
    rig.reply = ({ flowId }) => {
      flows.push(flowId)
      return { bot: { turns: 1 }, effects: [], status: 'wait' }
    }
    await hears('你好')
    expect(flows).to.deep.equal(['main'])
  })

  describe('that stops to be heard', () => {
    const calling = { turns: 1, calling: true }
    const say = (text: string): Effect => ({ fx: 'say', block: 'b', text, lang: 'en' })
    /** One moment; found; and then what is asked. */
    function asks(found: Promise<void> = Promise.resolve()): string[] {
      const heard: string[] = []
      rig.reply = async ({ input, bot }) => {
        heard.push(input.in === 'text' ? input.text : input.in)
        if (input.in === 'start')
          return { bot: calling, effects: [say('one moment')], status: 'calling' }
        if ((bot as typeof calling).calling) await found
        const text = input.in === 'text' ? `echo ${input.text}` : 'found'
        return { bot: { turns: 2 }, effects: [say(text)], status: 'wait' }
      }
      return heard
    }
    const texts = () => rig.adapter.texts.map((text) => (JSON.parse(text) as { text: string }).text)

    it('is heard before it goes on', async () => {
      let find!: () => void
      asks(new Promise((resolve) => (find = resolve)))
      await rig.inbound.receive(word('hello'))
      await eventually(() => texts().includes('one moment'))
      expect(texts()).to.deep.equal(['one moment'])
      find()
      await rig.settled()
      expect(texts()).to.deep.equal(['one moment', 'found'])
    })

    it('hears a first question when it has gone on', async () => {
      const heard = asks()
      await hears('where is it')
      expect(heard).to.deep.equal(['start', 'event', 'where is it'])
      expect(texts()).to.deep.equal(['one moment', 'found', 'echo where is it'])
    })

    it('goes on in another process when its own has ended, before anything else is heard', async () => {
      asks(new Promise(() => undefined))
      await rig.inbound.receive(word('hello'))
      await eventually(() => texts().includes('one moment'))
      rig = new Rig()
      await rig.settings.start(rig.bus, (error) => rig.errors.push(error))
      const heard = asks()
      expect(await rig.inbound.recover()).to.equal(1)
      await rig.inbound.receive(word('and now?'))
      await rig.settled()
      expect(heard).to.deep.equal(['event', 'and now?'])
      expect(texts()).to.deep.equal(['found', 'echo and now?'])
    })

    it('goes on when the contact writes, though nothing was left of what had begun it', async () => {
      asks(new Promise(() => undefined))
      await rig.inbound.receive(word('hello'))
      await eventually(() => texts().includes('one moment'))
      await InboxModel.updateMany({}, { $set: { state: 'done' } })
      rig = new Rig()
      await rig.settings.start(rig.bus, (error) => rig.errors.push(error))
      const heard = asks()
      await hears('still there?')
      expect(heard).to.deep.equal(['event', 'still there?'])
      expect(texts()).to.deep.equal(['found', 'echo still there?'])
    })

    it('says nothing more to who was taken over by an agent meanwhile', async () => {
      asks()
      await rig.inbound.receive(word('hello'))
      await eventually(() => texts().includes('found'))
      await rig.quiet()
      const { _id, legs } = (await ConversationModel.findOne().lean<Conversation>())!
      const taken = { _id, legs, state: 'agent', bot: calling } as Conversation
      expect(await rig.turns.resume(taken, legs[0]!)).to.equal(undefined)
    })
  })

  it('with a cry for help opens a closed queue', async () => {
    rig.reply = () => ({ bot: { turns: 1 }, effects: [handoff('night', true)], status: 'queued' })
    const conversation = await hears('help me')
    expect(conversation).to.include({ state: 'queued', queueId: 'night', emergency: true })
    expect(conversation.waiting).to.include({ priority: 0, reason: 'emergency' })
  })

  it('waits for as long as the store is away, and no word is given up', async () => {
    const seen = rig.identities.seen.bind(rig.identities)
    let away = 6
    rig.identities.seen = async (...args) => {
      if (away-- > 0)
        throw Object.assign(new Error('connection closed'), { name: 'MongoNetworkError' })
      return seen(...args)
    }
    await hears('where is it')
    expect(rig.errors).to.have.length(6)
    expect(await InboxModel.countDocuments({ state: 'dead' })).to.equal(0)
    expect(rig.adapter.texts.join()).to.contain('echo where is it')
  })
})
