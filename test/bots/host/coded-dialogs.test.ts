import { expect } from 'chai'
import type { WaterfallStepContext } from 'botbuilder-dialogs'
import { ChoiceFactory, ComponentDialog, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs'
import { MessageFactory } from 'botbuilder'
import { BotHost } from '../../../bots/host/bot-host.ts'
import type { HostReply, HostTurn } from '../../../bots/host/bot-host.ts'
import type { BotServices } from '../../../bots/host/services.ts'
import type { FlowDoc } from '../../../bots/flow/schema.ts'
import type { Effect, FlowInput } from '../../../bots/flow/state.ts'
import { flowOf, prompt, queue } from '../flow/documents.ts'

/** Asks for a name and a day, and returns both. */
class Booking extends ComponentDialog {
  constructor() {
    super('booking')
    // the first is where it begins
    this.addDialog(
      new WaterfallDialog('steps', [
        (step: WaterfallStepContext) => step.prompt('text', 'Your name?'),
        async (step: WaterfallStepContext) => {
          ;(step.values as Record<string, unknown>).name = step.result
          const { party } = step.options as { party?: string }
          await step.context.sendActivity(
            MessageFactory.attachment({ contentType: 'text/plain', content: 'not shown here' }),
          )
          return step.prompt('text', `Which day, party of ${party}?`)
        },
        (step: WaterfallStepContext) =>
          step.endDialog({ name: (step.values as Record<string, unknown>).name, day: step.result }),
      ]),
    )
    this.addDialog(new TextPrompt('text'))
  }
}

const offers = new WaterfallDialog('offers', [
  async (step) => {
    const choices = ChoiceFactory.suggestedAction(['Bus', 'Train'], 'How do you travel?')
    await step.context.sendActivity(choices)
    return step.endDialog('asked')
  },
])
const broken = new WaterfallDialog('broken', [() => Promise.reject(new Error('a fault in code'))])

const bookingFlow = (dialog = 'booking'): FlowDoc =>
  flowOf(
    {
      ask: {
        type: 'dialog',
        dialog,
        args: { party: { literal: '4' } },
        set: 'found',
        out: { next: 'tell', error: 'sorry' },
      },
      tell: {
        type: 'say',
        prompt: prompt(
          '订好了 {{found.name}} {{found.day}}',
          'Booked {{found.name}} {{found.day}}',
        ),
        out: { next: 'end' },
      },
      sorry: { type: 'say', prompt: prompt('出错', 'Not possible'), out: { next: 'end' } },
      agent: queue(),
    },
    {
      hotkeys: [
        { id: 'human', say: { 'zh-CN': ['人工'], en: ['agent'] }, target: 'agent' },
        {
          id: 'help',
          emergency: true,
          priority: 0,
          say: { 'zh-CN': ['救命'], en: ['help me'] },
          target: 'agent',
        },
      ],
    },
  )

function servicesFor(doc: FlowDoc, more: Partial<BotServices> = {}): BotServices {
  const published = { id: doc.id, version: 1, doc }
  const unwanted = () => Promise.reject(new Error('not asked for in this test'))
  return {
    now: () => 0,
    flow: (id) => (id === doc.id ? published : undefined),
    prepare: async () => undefined,
    hours: () => 'open',
    query: unwanted,
    createTicket: unwanted,
    appendTicket: unwanted,
    lookupTicket: unwanted,
    sendCode: unwanted,
    verifyCode: unwanted,
    searchKnowledge: async () => [],
    classify: async () => [],
    ...more,
  }
}

function hear(host: BotHost, bot: unknown, input: FlowInput): Promise<HostReply> {
  const turn: HostTurn = {
    conversationId: 'c1',
    channel: 'webchat',
    contact: { _id: 'contact-1', vip: false },
    lang: 'en',
    flowId: 'main',
    bot,
    input,
  }
  return host.turn(turn)
}

const said = (effects: Effect[]): string[] =>
  effects.flatMap((effect) => (effect.fx === 'say' ? [effect.text] : []))
const text = (words: string): FlowInput => ({ in: 'text', text: words })

describe('a dialog written by programmers, called from a drawn flow', () => {
  const host = (doc = bookingFlow(), more: Partial<BotServices> = {}) =>
    new BotHost({ services: servicesFor(doc, more), dialogs: [new Booking(), offers, broken] })

  it('asks its own questions turn by turn, and its result goes on in the flow', async () => {
    const bot = host()
    const first = await hear(bot, undefined, { in: 'start' })
    expect(said(first.effects)).to.deep.equal(['Your name?'])
    expect(first.status).to.equal('dialog')
    // what is kept between turns is plain JSON, as the store keeps it
    const second = await hear(bot, JSON.parse(JSON.stringify(first.bot)), text('Wang'))
    expect(said(second.effects)).to.deep.equal(['Which day, party of 4?'])
    const third = await hear(bot, JSON.parse(JSON.stringify(second.bot)), text('Friday'))
    expect(said(third.effects)).to.deep.equal(['Booked Wang Friday', 'Goodbye'])
    expect(third.status).to.equal('ended')
    expect(bot.pins(third.bot)).to.deep.equal([])
  })

  it('pins the version of the flow it was called from', async () => {
    const bot = host()
    const first = await hear(bot, undefined, { in: 'start' })
    expect(bot.pins(first.bot)).to.deep.equal([{ flow: 'main', version: 1 }])
  })

  it('its suggested actions become quick replies', async () => {
    const { effects } = await hear(host(bookingFlow('offers')), undefined, { in: 'start' })
    const say = effects.find((effect) => effect.fx === 'say')
    expect(say).to.deep.include({
      text: 'How do you travel?',
      choices: [
        { id: 'Bus', label: 'Bus' },
        { id: 'Train', label: 'Train' },
      ],
    })
  })

  for (const [words, emergency] of [
    ['agent', undefined],
    ['help me', true],
  ] as const)
    it(`"${words}" is heard before its question is: the flow takes over`, async () => {
      const bot = host()
      const first = await hear(bot, undefined, { in: 'start' })
      const { effects, status, bot: state } = await hear(bot, first.bot, text(words))
      const handoff = effects.find((effect) => effect.fx === 'handoff')
      expect(handoff).to.include({ queue: 'general' })
      expect((handoff as { emergency?: boolean }).emergency).to.equal(emergency)
      expect(status).to.equal('queued')
      expect(said(effects)).not.to.include('Which day, party of 4?')
      // the dialog is gone: its next question is never asked
      const later = await hear(bot, state, text('Wang'))
      expect(said(later.effects).join()).not.to.contain('Which day')
    })

  it('one that does not exist leaves by the error exit', async () => {
    const { effects, status } = await hear(host(bookingFlow('no-such')), undefined, { in: 'start' })
    expect(said(effects)).to.deep.equal(['Not possible', 'Goodbye'])
    expect(status).to.equal('ended')
  })

  it('one that breaks fails the turn and leaves the state it was given untouched', async () => {
    const error = await hear(host(bookingFlow('broken')), undefined, { in: 'start' }).catch(
      (caught: Error) => caught,
    )
    expect(String(error)).to.contain('a fault in code')
    const bot = host()
    const { bot: state } = await hear(bot, undefined, { in: 'start' })
    const before = structuredClone(state)
    await hear(bot, state, text('Wang'))
    await hear(bot, state, text('agent'))
    expect(state).to.deep.equal(before)
  })

  it('the same turn run twice says and leaves the same: the loser of a race just runs again', async () => {
    const bot = host()
    const { bot: state } = await hear(bot, undefined, { in: 'start' })
    const [one, two] = await Promise.all([
      hear(bot, state, text('Wang')),
      hear(bot, state, text('Wang')),
    ])
    expect(said(one.effects)).to.deep.equal(said(two.effects))
    expect(one.bot).to.deep.equal(two.bot)
  })
})

describe('a service the flow asks', () => {
  const lookup = (): FlowDoc =>
    flowOf({
      ask: {
        type: 'query',
        source: 'weather',
        params: {},
        set: 'found',
        out: { next: 'tell', error: 'sorry' },
      },
      tell: { type: 'say', prompt: prompt('{{found.text}}'), out: { next: 'end' } },
      sorry: { type: 'say', prompt: prompt('查不到', 'Not available'), out: { next: 'end' } },
      agent: queue(),
    })

  it('answers into the flow', async () => {
    const services = servicesFor(lookup(), { query: async () => ({ text: 'sunny' }) })
    const { effects } = await hear(new BotHost({ services }), undefined, { in: 'start' })
    expect(said(effects)).to.deep.equal(['sunny', 'Goodbye'])
  })

  for (const [how, query] of [
    ['rejects', () => Promise.reject(Object.assign(new Error('down'), { code: 'ECONNREFUSED' }))],
    ['throws what is no error', () => Promise.reject('down' as unknown as Error)],
    [
      'throws at once',
      () => {
        throw new TypeError('x is not a function')
      },
    ],
  ] as [string, BotServices['query']][])
    it(`that ${how} leads to the error exit, and its message stays out of the flow`, async () => {
      const services = servicesFor(lookup(), { query })
      const { effects, bot } = await hear(new BotHost({ services }), undefined, { in: 'start' })
      expect(said(effects)).to.deep.equal(['Not available', 'Goodbye'])
      expect(JSON.stringify([effects, bot])).not.to.match(/down|not a function/)
    })

  it('no flow of that name is an error for whoever called, not a silent bot', async () => {
    const services = servicesFor(lookup(), { flow: () => undefined })
    const error = await hear(new BotHost({ services }), undefined, { in: 'start' }).catch(
      (caught: Error) => caught,
    )
    expect(String(error)).to.contain('no published flow main')
  })
})
