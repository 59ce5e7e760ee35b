/** Walks every kind of block on every channel, in both languages, whatever the person does there. */
import { expect } from 'chai'
import { channels } from '../../../bots/flow/parts.ts'
import { definitionOf, registry } from '../../../bots/flow/registry.ts'
import type { Block, BlockOf, BlockType, Channel, FlowDoc } from '../../../bots/flow/schema.ts'
import type { FlowInput } from '../../../bots/flow/state.ts'
import { Talk, choice, flowOf, prompt } from './documents.ts'

/** As many misses as the most patient block forgives, and some more. */
const PATIENCE = 12
const LANGS = ['zh-CN', 'en'] as const

const text = prompt('请回答', 'Please answer')
const two = [choice('a', '1', '咨询', 'information'), choice('b', '2', '投诉', 'complaint')]

/** One block of every kind; the compiler misses a kind that is not here. */
const samples: { [T in BlockType]: Omit<BlockOf<T>, 'out'> } = {
  say: { type: 'say', prompt: text },
  menu: { type: 'menu', prompt: text, choices: two },
  ask: { type: 'ask', prompt: text, slot: { type: 'phone' }, set: 'answer', confirm: prompt('{{answer|digits}}?') },
  branch: { type: 'branch', cases: [{ id: 'one', when: { var: 'channel', op: '==', value: { literal: 'voice' } } }] },
  set: { type: 'set', assign: [{ var: 'answer', value: { literal: 1 } }] },
  query: { type: 'query', source: 's', set: 'found' },
  ticket: { type: 'ticket', op: 'create', kind: 'k', fields: {}, set: 'ticket', tell: prompt('{{ticket.serial}}') },
  faq: { type: 'faq', prompt: text, knowledgeBase: 'k', minScore: 0.4, sureScore: 0.8, offerScore: 0.2, offer: text },
  intent: { type: 'intent', prompt: text, classifier: 'c', minScore: 0.3, sureScore: 0.9, offer: prompt('{{offers}}?'), intents: [{ id: 'one', intent: 'i', label: { 'zh-CN': '门票', en: 'tickets' } }] },
  hours: { type: 'hours', schedule: 's' },
  language: { type: 'language', prompt: text, choices: [{ lang: 'zh-CN', dtmf: '1', label: '中文' }, { lang: 'en', dtmf: '2', label: 'English' }] },
  survey: { type: 'survey', survey: 's', prompt: text, comment: text, scale: [{ dtmf: '5', score: 5, label: { 'zh-CN': '满意', en: 'good' } }, { dtmf: '1', score: 1, label: { 'zh-CN': '不满意', en: 'bad' } }] },
  queue: { type: 'queue', queue: 'q', prompt: text },
  callback: { type: 'callback', queue: 'q', prompt: text },
  transfer: { type: 'transfer', to: { kind: 'number', value: '02988887777' }, prompt: text },
  voicemail: { type: 'voicemail', mailbox: 'm', prompt: text },
  verifyPhone: { type: 'verifyPhone', set: 'phone' },
  subflow: { type: 'subflow', flow: 'sub' },
  dialog: { type: 'dialog', dialog: 'd' },
  custom: { type: 'custom', block: 'c', settings: { city: '{{lastText}}' } },
  goto: { type: 'goto', flow: 'sub' },
  event: { type: 'event', name: 'e' },
  end: { type: 'end', prompt: text, reason: 'done' },
} // prettier-ignore

const keys = (digits: string): FlowInput => ({ in: 'dtmf', digits })
const speech = (words: string): FlowInput => ({
  in: 'speech',
  nbest: [{ text: words, confidence: 0.9 }],
})
const written = (words: string): FlowInput => ({ in: 'text', text: words })
const status = (name: string, value: string): FlowInput => ({
  in: 'event',
  name,
  data: { status: value },
})

/** What finishes a block in each way there is; those that need no answer have none. */
const answers: Partial<Record<BlockType, { keys?: string[]; words: Record<(typeof LANGS)[number], string[]>; tap?: string[] }>> = {
  menu: { keys: ['2'], words: { 'zh-CN': ['投诉'], en: ['complaint'] }, tap: ['b'] },
  ask: { keys: ['13800138000#', '1'], words: { 'zh-CN': ['幺三八零零幺三八零零零', '对'], en: ['one three eight double oh one three eight triple oh', 'yes'] } },
  faq: { words: { 'zh-CN': ['门票', '是的'], en: ['tickets', 'yes'] } },
  intent: { words: { 'zh-CN': ['门票', '是的'], en: ['tickets', 'yes'] } },
  language: { keys: ['1'], words: { 'zh-CN': ['中文'], en: ['English'] }, tap: ['en'] },
  survey: { keys: ['5', '1'], words: { 'zh-CN': ['满意', '没有'], en: ['good', 'no'] } },
  callback: { keys: ['1'], words: { 'zh-CN': ['对'], en: ['yes'] }, tap: ['same'] },
  verifyPhone: { keys: ['123456'], words: { 'zh-CN': ['一二三四五六'], en: ['one two three four five six'] } },
  voicemail: { words: { 'zh-CN': [], en: [] } },
} // prettier-ignore

const sub = flowOf({ hello: { type: 'say', prompt: text, out: { next: 'end' } } }, { id: 'sub' })
const stubs = {
  'faq:k': [{ id: 'a', question: '门票?', answer: '四十元。', score: 0.5 }],
  'intent:c': [{ intent: 'i', score: 0.5 }],
  'dialog:d': [
    { done: false, say: ['几位?'] },
    { done: true, result: 1 },
  ],
}

function documentOf(type: BlockType, connected: 'all' | 'required'): FlowDoc {
  const bare = samples[type] as Block
  const { required, optional } = definitionOf(bare).ports(bare)
  const ports = connected === 'all' ? [...required, ...optional] : required
  const out = Object.fromEntries(ports.map((port) => [port, 'end']))
  return flowOf({ [type]: { ...bare, out } as Block })
}

/** Whatever happened: either it is over, or the person can do something, and the telephone knows what. */
function alive(talk: Talk, channel: Channel): void {
  const { status: now, accepted } = talk.state
  expect(now).to.be.oneOf(['wait', 'dialog', 'queued', 'transferring', 'ended'])
  expect(JSON.parse(JSON.stringify(talk.state)), 'the state as it is stored').to.deep.equal(
    talk.state,
  )
  const done = talk.effects.map(({ fx }) => fx)
  if (now === 'ended') return expect(done).to.include('end') && undefined
  if (channel !== 'voice') return
  // the host forgets what it waited for at every turn, so every turn must say it again
  if (now === 'wait') expect(done).to.include.oneOf(['listen', 'voicemail'])
  if (now === 'dialog') expect(done).to.include('listen')
  if (now === 'queued' && !accepted) expect(done).to.include('handoff')
  if (now === 'transferring') expect(done).to.include('transfer')
}

/** One person at one kind of block. */
class Visit extends Talk {
  readonly channel: Channel

  constructor(type: BlockType, channel: Channel, lang: string, connected: Connected = 'all') {
    const call = { caller: '13912345678' }
    super(documentOf(type, connected), { channel, lang, stubs, call }, [sub])
    this.channel = channel
    alive(this, channel)
  }

  get open(): boolean {
    return this.state.status === 'wait' || this.state.status === 'dialog'
  }

  does(input: FlowInput): void {
    this.feed(input)
    alive(this, this.channel)
  }

  /** Again and again the same; in the end there must be a way out. */
  until(input: FlowInput): void {
    for (let round = 0; this.open && round < PATIENCE; round++) this.does(input)
    expect(this.open, `still in ${this.block} after ${PATIENCE} times`).to.equal(false)
  }

  /** People and telephones outside come to an end too. */
  finish(): void {
    if (this.state.status === 'queued') {
      this.handoff('accepted')
      this.does(status('handoff.status', 'completed'))
    }
    if (this.state.status === 'transferring') this.does(status('transfer.status', 'completed'))
    expect(this.state.status).to.equal('ended')
  }
}

/** Ways to answer this block to its end; a block that asks nothing is passed by itself. */
function answersTo(type: BlockType, channel: Channel, lang: Lang): FlowInput[][] {
  const byPhone = channel === 'voice'
  if (type === 'dialog') return [[written('三位')]]
  if (type === 'voicemail')
    return [
      [byPhone ? { in: 'media', mediaId: 'm', kind: 'audio', seconds: 9 } : written('请回电')],
    ]
  const way = answers[type]
  if (!way) return [[]]
  return [
    ...(way.keys ? [way.keys.map(byPhone ? keys : written)] : []),
    way.words[lang].map(byPhone ? speech : written),
    ...(way.tap && !byPhone ? [way.tap.map((id): FlowInput => ({ in: 'choice', id }))] : []),
  ]
}

/** Any words are a message to a mailbox; a recording cannot be wrong. */
const wrongAnswers = (type: BlockType, channel: Channel): FlowInput[] => {
  if (channel !== 'voice') return [written('9'), written('嗯嗯呃')]
  return type === 'voicemail' ? [] : [keys('9'), speech('嗯嗯呃')]
}

type Connected = 'all' | 'required'
type Lang = (typeof LANGS)[number]
type Situation = 'answer' | 'noAnswer' | 'wrongAnswer' | 'hangUp' | 'outcome'

/** What becomes of waiting in a queue besides being served. */
const OUTCOMES = ['closed', 'timeout', 'failed', 'returned', 'cancelled']

/** Everything that can happen to one person at one block. @returns how often each situation was walked */
function walk(type: BlockType, channel: Channel, lang: Lang): Record<Situation, number> {
  const walked = { answer: 0, noAnswer: 0, wrongAnswer: 0, hangUp: 0, outcome: 0 }
  for (const inputs of answersTo(type, channel, lang)) {
    const visit = new Visit(type, channel, lang)
    for (const input of inputs) if (visit.open) visit.does(input)
    expect(visit.open, JSON.stringify(inputs)).to.equal(false)
    visit.finish()
    walked.answer++
  }
  for (const connected of ['all', 'required'] as const) {
    const silent = new Visit(type, channel, lang, connected)
    silent.until({ in: 'silence' })
    silent.finish()
    walked.noAnswer++
    for (const input of wrongAnswers(type, channel)) {
      const visit = new Visit(type, channel, lang, connected)
      visit.until(input)
      visit.finish()
      walked.wrongAnswer++
    }
  }
  const gone = new Visit(type, channel, lang)
  if (gone.state.status !== 'ended') gone.hangUp()
  expect(gone.state.status).to.equal('ended')
  walked.hangUp++
  if (definitionOf(samples[type] as Block).waits === 'agent')
    for (const outcome of OUTCOMES) {
      const visit = new Visit(type, channel, lang)
      if (type === 'callback') visit.does(written('1'))
      expect(visit.state.status).to.equal('queued')
      visit.does(status('handoff.status', outcome))
      expect(visit.state.status).to.equal('ended')
      walked.outcome++
    }
  return walked
}

const types = Object.keys(samples) as BlockType[]
const PLACES = channels.length * LANGS.length

describe('no block leaves a person in silence, whatever they do', () => {
  const total = { answer: 0, noAnswer: 0, wrongAnswer: 0, hangUp: 0, outcome: 0 }

  for (const type of types)
    it(`${type}: answered, not answered, answered wrongly, hung up on, on every channel in both languages`, () => {
      const walked = { answer: 0, noAnswer: 0, wrongAnswer: 0, hangUp: 0, outcome: 0 }
      for (const channel of channels)
        for (const lang of LANGS) {
          try {
            const here = walk(type, channel, lang)
            for (const situation of Object.keys(walked) as Situation[])
              walked[situation] += here[situation]
          } catch (error) {
            ;(error as Error).message = `${channel}, ${lang}: ${(error as Error).message}`
            throw error
          }
        }
      const inQueue = definitionOf(samples[type] as Block).waits === 'agent'
      expect(walked.answer).to.be.at.least(PLACES)
      expect(walked.noAnswer).to.equal(2 * PLACES)
      expect(walked.wrongAnswer).to.equal(
        4 * (type === 'voicemail' ? PLACES - LANGS.length : PLACES),
      )
      expect(walked.hangUp).to.equal(PLACES)
      expect(walked.outcome).to.equal(inQueue ? OUTCOMES.length * PLACES : 0)
      for (const situation of Object.keys(total) as Situation[])
        total[situation] += walked[situation]
    })

  it('walked every kind of block there is', () => {
    expect(types.sort()).to.deep.equal(Object.keys(registry).sort())
    expect(types).to.have.length(23)
    expect(total).to.deep.equal(WALKED)
  })

  it('says something to a caller at every block that asks', () => {
    for (const lang of LANGS)
      for (const type of types) {
        const visit = new Visit(type, 'voice', lang)
        if (visit.open) expect(visit.heard, type).to.match(/\p{L}/u)
      }
  })
})

/** Conversations of the table above: a new kind of block, channel or answer raises them, and is looked at. */
const WALKED = { answer: 570, noAnswer: 828, wrongAnswer: 1648, hangUp: 414, outcome: 180 }
