import { expect } from 'chai'
import { channels } from '../../../bots/flow/parts.ts'
import { definitionOf } from '../../../bots/flow/registry.ts'
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

function start(
  type: BlockType,
  channel: Channel,
  lang: string,
  connected: 'all' | 'required' = 'all',
) {
  const talk = new Talk(documentOf(type, connected), { channel, lang, stubs, call: { caller: '13912345678' } }, [sub]) // prettier-ignore
  alive(talk, channel)
  return talk
}

/** Whatever happened: either it is over, or the person can do something, and the telephone knows what. */
function alive(talk: Talk, channel: Channel): void {
  const { status: now, accepted } = talk.state
  expect(now).to.be.oneOf(['wait', 'dialog', 'queued', 'transferring', 'ended'])
  const done = talk.effects.map(({ fx }) => fx)
  if (now === 'ended') return expect(done).to.include('end') && undefined
  if (channel !== 'voice') return
  // the host forgets what it waited for at every turn, so every turn must say it again
  if (now === 'wait') expect(done).to.include.oneOf(['listen', 'voicemail'])
  if (now === 'dialog') expect(done).to.include('listen')
  if (now === 'queued' && !accepted) expect(done).to.include('handoff')
  if (now === 'transferring') expect(done).to.include('transfer')
}

function feed(talk: Talk, channel: Channel, input: FlowInput): void {
  talk.feed(input)
  alive(talk, channel)
}

const open = (talk: Talk) => talk.state.status === 'wait' || talk.state.status === 'dialog'

/** Again and again the same; in the end there must be a way out. */
function until(talk: Talk, channel: Channel, input: FlowInput): void {
  for (let round = 0; open(talk) && round < PATIENCE; round++) feed(talk, channel, input)
  expect(open(talk), `still in ${talk.block} after ${PATIENCE} times`).to.equal(false)
}

/** People and telephones outside come to an end too. */
function finish(talk: Talk, channel: Channel): void {
  if (talk.state.status === 'queued') {
    talk.handoff('accepted')
    feed(talk, channel, status('handoff.status', 'completed'))
  }
  if (talk.state.status === 'transferring')
    feed(talk, channel, status('transfer.status', 'completed'))
  expect(talk.state.status).to.equal('ended')
}

const types = Object.keys(samples) as BlockType[]

describe('no block leaves a person in silence', () => {
  for (const channel of channels)
    for (const lang of LANGS)
      describe(`${channel}, ${lang}`, () => {
        for (const type of types) {
          it(`${type}: answered in every way`, () => {
            const way = answers[type]
            const inputs: FlowInput[][] = [[]]
            if (way) {
              inputs.pop()
              if (way.keys) inputs.push(way.keys.map(channel === 'voice' ? keys : written))
              inputs.push(way.words[lang].map(channel === 'voice' ? speech : written))
              if (way.tap && channel !== 'voice')
                inputs.push(way.tap.map((id) => ({ in: 'choice', id })))
              if (type === 'voicemail') inputs.splice(0, 9, [channel === 'voice' ? { in: 'media', mediaId: 'm', kind: 'audio', seconds: 9 } : written('请回电')]) // prettier-ignore
            }
            if (type === 'dialog') inputs.splice(0, 1, [written('三位')])
            for (const each of inputs) {
              const talk = start(type, channel, lang)
              for (const input of each) if (open(talk)) feed(talk, channel, input)
              expect(open(talk), JSON.stringify(each)).to.equal(false)
              finish(talk, channel)
            }
          })

          for (const connected of ['all', 'required'] as const) {
            it(`${type}: no answer, ${connected} exits connected`, () => {
              const talk = start(type, channel, lang, connected)
              until(talk, channel, { in: 'silence' })
              finish(talk, channel)
            })

            it(`${type}: wrong answers, ${connected} exits connected`, () => {
              // a story is an answer to a knowledge base, and any words are a message in writing
              const wrong =
                channel === 'voice'
                  ? [keys('9'), speech('嗯嗯呃')]
                  : [written('9'), written('嗯嗯呃')]
              for (const input of type === 'voicemail' && channel === 'voice' ? [] : wrong) {
                const talk = start(type, channel, lang, connected)
                until(talk, channel, input)
                finish(talk, channel)
              }
            })
          }

          it(`${type}: hangs up`, () => {
            const talk = start(type, channel, lang)
            if (talk.state.status !== 'ended') talk.hangUp()
            expect(talk.state.status).to.equal('ended')
          })

          if (definitionOf(samples[type] as Block).waits === 'agent')
            for (const outcome of ['closed', 'timeout', 'failed', 'returned', 'cancelled'])
              it(`${type}: ${outcome}`, () => {
                const talk = start(type, channel, lang)
                if (type === 'callback') feed(talk, channel, written('1'))
                expect(talk.state.status).to.equal('queued')
                feed(talk, channel, status('handoff.status', outcome))
                expect(talk.state.status).to.equal('ended')
              })
        }
      })

  it('says something to a caller at every block that asks', () => {
    for (const lang of LANGS)
      for (const type of types) {
        const talk = start(type, 'voice', lang)
        if (open(talk)) expect(talk.heard, type).to.match(/\p{L}/u)
      }
  })
})
