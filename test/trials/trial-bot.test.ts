import { expect } from 'chai'
import { BotHost } from '../../bots/host/bot-host.ts'
import type { BotServices } from '../../bots/host/services.ts'
import type { Effect, FlowInput } from '../../bots/flow/state.ts'
import type { Block, FlowDoc } from '../../bots/flow/schema.ts'
import { TRIAL_ACCOUNT } from '../../gateway/domain/trial.ts'
import type { Bot } from '../../gateway/intake/bot-port.ts'
import { TrialFlowModel } from '../../gateway/trials/model.ts'
import { quietInTrials, withTrials } from '../../gateway/trials/trial-bot.ts'
import { isTrialFlow, TrialFlows } from '../../gateway/trials/trial-flows.ts'
import { flowOf, prompt } from '../bots/flow/documents.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

const NOW = Date.UTC(2100, 0, 1)
const talks: Record<string, Block> = {
  queue: { type: 'queue', queue: 'general', out: { closed: 'end', timeout: 'end', failed: 'end', after: 'thanks' } },
  callback: { type: 'callback', queue: 'general', prompt: prompt('给您回电'), number: { literal: '13800138000' }, out: { failed: 'end', after: 'thanks' } },
  transfer: { type: 'transfer', to: { kind: 'number', value: '110' }, out: { next: 'thanks', failed: 'end' } },
  voicemail: { type: 'voicemail', mailbox: 'general', prompt: prompt('请留言'), out: { next: 'thanks' } },
  ticket: { type: 'ticket', op: 'create', kind: 'k', fields: {}, set: 'ticket', tell: prompt('单号{{ticket.serial}}'), out: { next: 'thanks', error: 'end' } },
  verifyPhone: { type: 'verifyPhone', number: { literal: '13800138000' }, set: 'phone', out: { verified: 'thanks', failed: 'end' } },
} // prettier-ignore

describe('a conversation with a draft', () => {
  let store: { close(): Promise<void> }
  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store?.close())

  /** What was done to the world. */
  let done: string[]
  let flows: TrialFlows
  let bot: Bot
  beforeEach(() => {
    done = []
    flows = new TrialFlows(() => NOW)
    const note = (what: string) => async () => {
      done.push(what)
      return {} as never
    }
    const services: BotServices = {
      now: () => NOW,
      flow: () => undefined,
      prepare: async () => undefined,
      hours: () => 'open',
      query: note('query'),
      createTicket: note('ticket'),
      appendTicket: note('append'),
      lookupTicket: note('lookup'),
      sendCode: note('code'),
      verifyCode: note('verify'),
      searchKnowledge: note('miss'),
      classify: note('classify'),
    }
    const search = async () => []
    const classify = async () => [{ intent: 'i', score: 1 }]
    bot = quietInTrials(
      new BotHost({ services: withTrials(services, { flows, search, classify }) }),
    )
  })

  const docOf = (block: Block): FlowDoc =>
    flowOf({
      first: block,
      thanks: { type: 'say', prompt: prompt('谢谢'), out: { next: 'end' } },
    })

  async function play(flowId: string, inputs: FlowInput[], account = TRIAL_ACCOUNT) {
    const effects: Effect[] = []
    let state: unknown
    for (const input of inputs) {
      const reply = await bot.turn({
        conversationId: 'c',
        channel: 'voice',
        contact: { _id: 'p', vip: false },
        lang: 'zh-CN',
        flowId,
        bot: state,
        input,
        entry: { account },
      })
      state = reply.bot
      effects.push(...reply.effects)
    }
    const said = effects.flatMap((effect) => (effect.fx === 'say' ? [effect.text] : []))
    return { said, effects: effects.map(({ fx }) => fx), state }
  }

  for (const [type, told] of [
    ['queue', /试拨.*转入队列 general/],
    ['callback', /试拨.*转入队列 general/],
    ['transfer', /试拨.*转接到 110/],
    ['voicemail', /试拨.*录一段留言/],
    ['ticket', /单号C00000000-0000/],
    ['verifyPhone', /谢谢/],
  ] as const)
    it(`${type}: says what would happen, does nothing to the world, and goes on`, async () => {
      const id = await flows.add(docOf(talks[type]!), 'su')
      const answers: FlowInput[] =
        type === 'callback' ? [{ in: 'dtmf', digits: '1' }] : type === 'verifyPhone' ? [{ in: 'dtmf', digits: '123456' }] : [] // prettier-ignore
      const { said, effects } = await play(id, [{ in: 'start' }, ...answers])
      expect(said.join('\n')).to.match(told).and.include('谢谢')
      expect(effects).to.include('end')
      expect(effects).to.not.include.oneOf(['handoff', 'transfer', 'voicemail', 'leave'])
      expect(done).to.deep.equal([])
    })

  it('words are sorted, and those nobody could sort are on no list', async () => {
    const intents = [{ id: 'one', intent: 'i' }]
    const id = await flows.add(
      docOf({ type: 'intent', prompt: prompt('请说'), classifier: 'c', minScore: 0.3, intents, out: { one: 'thanks', noMatch: 'end' } }), // prettier-ignore
      'su',
    )
    const inputs: FlowInput[] = [{ in: 'start' }, { in: 'text', text: '唱首歌' }]
    expect((await play(id, inputs)).said).to.include('谢谢')
    expect(done).to.deep.equal([])
    await play(id, inputs, 'web')
    expect(done).to.deep.equal(['classify'])
  })

  it('a draft that hands over for ever comes to an end of its own', async () => {
    const round = { ...talks.queue, out: { ...talks.queue!.out, after: 'first' } } as Block
    const { said } = await play(await flows.add(docOf(round), 'su'), [{ in: 'start' }])
    expect(said.length).to.be.within(5, 20)
  })

  it('everybody else reaches people, as before', async () => {
    const id = await flows.add(docOf(talks.queue!), 'su')
    expect((await play(id, [{ in: 'start' }], 'web')).effects).to.include('handoff')
    const ticket = await flows.add(docOf(talks.ticket!), 'su')
    await play(ticket, [{ in: 'start' }], 'web')
    expect(done).to.deep.equal(['ticket'])
  })

  it('keeps its version over a restart, and for a day', async () => {
    const doc = docOf({ type: 'menu', prompt: prompt('请选'), choices: [{ id: 'a', dtmf: '1', label: { 'zh-CN': '咨询' } }], out: { a: 'thanks', noMatch: 'end' } }) // prettier-ignore
    const id = await flows.add(doc, 'su')
    expect(isTrialFlow(id)).to.equal(true)
    const after = new TrialFlows(() => NOW)
    expect(after.get(id)).to.equal(undefined)
    await after.prepare([id])
    expect(after.get(id)?.doc.blocks).to.deep.equal(doc.blocks)
    const stored = await TrialFlowModel.findById(id).lean()
    expect(stored?.expiresAt.getTime()).to.equal(NOW + 86_400_000)
    expect([await after.owned(id, 'su'), await after.owned(id, 'lin')]).to.deep.equal([true, false])
  })
})
