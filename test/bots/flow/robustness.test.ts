import { expect } from 'chai'
import fc from 'fast-check'
import { startState, turn } from '../../../bots/flow/engine.ts'
import { flowDocSchema } from '../../../bots/flow/schema.ts'
import type { Channel, FlowDoc } from '../../../bots/flow/schema.ts'
import type { FlowInput, FlowState, TurnContext } from '../../../bots/flow/state.ts'
import { validate } from '../../../bots/flow/validate.ts'
import { hotline, prompt } from './documents.ts'

/** As a service's answer arrives after being stored: JSON cannot keep -0. */
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown)

const words = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '1',
    '2',
    '*',
    '#',
    '投诉',
    '人工',
    '返回',
    '重听',
    '主菜单',
    '不等了',
    '救命',
    '三个人',
    '是',
    '不对',
    '明天',
    'a',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
)
const input: fc.Arbitrary<FlowInput> = fc.oneof(
  words.map((text) => ({ in: 'text', text }) as const),
  words.map((digits) => ({ in: 'dtmf', digits }) as const),
  words.map((id) => ({ in: 'choice', id }) as const),
  fc
    .array(fc.record({ text: words, confidence: fc.double({ min: 0, max: 1, noNaN: true }) }), {
      maxLength: 3,
    })
    .map((nbest) => ({ in: 'speech', nbest }) as const),
  fc.constantFrom<FlowInput>({ in: 'start' }, { in: 'silence' }, { in: 'media', mediaId: 'm' }),
  fc
    .constantFrom('accepted', 'completed', 'timeout', 'closed', 'failed', 'other')
    .map((status) => ({ in: 'event', name: 'handoff.status', data: { status } }) as const),
  fc
    .constantFrom('completed', 'busy', 'noAnswer', 'ringing')
    .map((status) => ({ in: 'event', name: 'transfer.status', data: { status } }) as const),
  fc.constantFrom<FlowInput>(
    { in: 'hangup' },
    { in: 'event', name: 'voicemail.status', data: { status: 'failed' } },
    { in: 'media', mediaId: 'm', kind: 'audio', seconds: 1 },
    { in: 'media', mediaId: 'm', kind: 'audio', seconds: 9 },
  ),
  json.map((value) => ({ in: 'result', ok: true, value }) as const),
  fc.constant<FlowInput>({ in: 'result', ok: false, code: 'X', message: '' }),
)

/** Documents of every kind of block, connected at random: the schema lets them pass, no sense needed. */
const ids = ['a', 'b', 'c', 'd', 'e', 'f']
const target = fc.constantFrom(...ids, 'void')
const out = (...ports: string[]) =>
  fc.record(Object.fromEntries(ports.map((port) => [port, target])), { requiredKeys: [] })
const text = fc
  .constantFrom('问', '{{x}}', '{{x.y|mask}}', '{{__proto__.z}}', '{{contact.constructor}}')
  .map((t) => prompt(t))
const value = fc.oneof(
  json.map((literal) => ({ literal })),
  fc.constantFrom({ var: 'x' }, { var: 'contact.phone' }, { template: '{{x}}!' }),
)
const condition = fc.record({
  var: fc.constant('x'),
  op: fc.constantFrom('==', '<', 'in', 'contains', 'empty', 'matches'),
  value,
})
const block = fc.oneof(
  fc.record({ type: fc.constant('say'), prompt: text, out: out('next') }),
  fc.record({
    type: fc.constant('menu'),
    prompt: text,
    choices: fc.constant([{ id: 'x', dtmf: '1', label: { 'zh-CN': '投诉' } }]),
    out: out('x', 'noMatch', 'other'),
  }),
  fc.record({
    type: fc.constant('ask'),
    prompt: text,
    set: fc.constant('x'),
    confirm: fc.option(text, { nil: undefined }),
    skipIfSet: fc.boolean(),
    slot: fc.constantFrom(
      { type: 'text' },
      { type: 'number' },
      { type: 'phone' },
      { type: 'date' },
      { type: 'yesno' },
      { type: 'media' },
      { type: 'location' },
      { type: 'digits' },
    ),
    out: out('next', 'noMatch'),
  }),
  fc.record({
    type: fc.constant('branch'),
    cases: fc.array(fc.record({ id: fc.constant('k'), when: condition }), { maxLength: 2 }),
    out: out('k', 'else'),
  }),
  fc.record({
    type: fc.constant('set'),
    assign: fc.array(fc.record({ var: fc.constant('x'), value }), { maxLength: 2 }),
    out: out('next'),
  }),
  fc.record({
    type: fc.constant('query'),
    source: fc.constant('s'),
    set: fc.constant('x'),
    out: out('next', 'error'),
  }),
  fc.record({
    type: fc.constant('ticket'),
    op: fc.constantFrom('create', 'lookup'),
    kind: fc.constant('k'),
    fields: fc.record({ f: value }),
    out: out('next', 'notFound', 'error'),
  }),
  fc.record({
    type: fc.constant('faq'),
    first: fc.boolean(),
    knowledgeBase: fc.constant('k'),
    minScore: fc.constant(1),
    sureScore: fc.option(fc.constant(2), { nil: undefined }),
    offer: fc.option(text, { nil: undefined }),
    out: out('answered', 'noMatch'),
  }),
  fc.record({
    type: fc.constant('intent'),
    first: fc.boolean(),
    classifier: fc.constant('k'),
    minScore: fc.constant(0.1),
    sureScore: fc.constant(0.9),
    offer: text,
    intents: fc.constant([{ id: 'i', intent: 'i', label: { 'zh-CN': '甲' } }]),
    out: out('i', 'noMatch'),
  }),
  fc.record({ type: fc.constant('hours'), schedule: fc.constant('s'), out: out('open', 'closed') }),
  fc.record({
    type: fc.constant('language'),
    prompt: text,
    choices: fc.constant([{ lang: 'en', dtmf: '2', label: 'English' }]),
    out: out('next', 'other'),
  }),
  fc.record({
    type: fc.constant('survey'),
    survey: fc.constant('s'),
    prompt: text,
    comment: fc.option(text, { nil: undefined }),
    scale: fc.constant([{ dtmf: '1', score: 1, label: { 'zh-CN': '好' } }]),
    out: out('next'),
  }),
  fc.record({
    type: fc.constant('queue'),
    queue: fc.constant('q'),
    out: out('after', 'closed', 'timeout', 'failed'),
  }),
  fc.record({
    type: fc.constant('subflow'),
    flow: fc.constantFrom('main', 'none'),
    results: fc.constant({ x: 'x' }),
    out: out('next', 'error'),
  }),
  fc.record({
    type: fc.constant('voicemail'),
    mailbox: fc.constant('m'),
    prompt: text,
    set: fc.constant('x'),
    out: out('next', 'noInput', 'failed'),
  }),
  fc.record({
    type: fc.constant('callback'),
    queue: fc.constant('q'),
    prompt: text,
    number: fc.option(value, { nil: undefined }),
    out: out('failed', 'after', 'timeout', 'noInput'),
  }),
  fc.record({
    type: fc.constant('verifyPhone'),
    number: fc.option(value, { nil: undefined }),
    set: fc.constant('x'),
    out: out('verified', 'failed', 'unavailable'),
  }),
  fc.record({
    type: fc.constant('transfer'),
    to: fc.constantFrom({ kind: 'number', value: '110' }, { kind: 'extension', value: '{{x}}' }),
    out: out('next', 'failed', 'busy'),
  }),
  fc.record({ type: fc.constant('goto'), flow: fc.constantFrom('main', 'none') }),
  fc.record({
    type: fc.constant('dialog'),
    dialog: fc.constant('d'),
    set: fc.constant('x'),
    out: out('next', 'error'),
  }),
  fc.record({ type: fc.constant('end'), reason: fc.constant('done') }),
)
const anyDocument: fc.Arbitrary<FlowDoc> = fc
  .array(block, { minLength: ids.length, maxLength: ids.length })
  .map((blocks) =>
    flowDocSchema.parse({
      schema: 1,
      id: 'main',
      name: 'x',
      kind: 'main',
      langs: ['zh-CN'],
      defaultLang: 'zh-CN',
      entry: 'a',
      vars: [{ name: 'x', type: 'object', attach: true }],
      hotkeys: [
        { id: 'r', say: { 'zh-CN': ['重听'] }, target: '@repeat' },
        { id: 'b', say: { 'zh-CN': ['返回'] }, target: '@back' },
        { id: 'm', dtmf: '#', target: '@main' },
        { id: 's', say: { 'zh-CN': ['救命'] }, target: 'c', emergency: true },
        { id: 'w', say: { 'zh-CN': ['不等了'] }, target: 'void', whileQueued: true },
      ],
      blocks: Object.fromEntries(blocks.map((each, i) => [ids[i], each])),
    }),
  )

function play(doc: FlowDoc, inputs: FlowInput[], channel: Channel): void {
  const context: TurnContext = {
    channel,
    call: { called: '12301', caller: '13800138000' },
    nowMs: 1_780_000_000_000,
    contact: { phone: '1' },
    conversationId: 'c',
    flow: (id) => (id === doc.id ? { id, version: 1, doc } : undefined),
    hours: () => undefined,
  }
  let state: FlowState = startState({ id: doc.id, version: 1, doc })
  for (const each of [{ in: 'start' } as const, ...inputs]) {
    const before = JSON.stringify(state)
    const result = turn(state, each, context)
    expect(JSON.stringify(state), 'the state handed in').to.equal(before)
    const stored: unknown = JSON.parse(JSON.stringify(result.state))
    expect(stored, 'the state through JSON').to.deep.equal(result.state)
    expect(result.state.status).to.not.equal('run')
    expect(result.state.frames.length).to.be.within(1, 10)
    expect(result.effects.length).to.be.below(1500)
    expect(result.call !== undefined).to.equal(result.state.status === 'calling')
    state = result.state
  }
}

const channel = fc.constantFrom<Channel>('voice', 'webchat')

describe('whatever people do', () => {
  it('the hotline never throws, never loops, and its state stays JSON', () => {
    const doc = hotline()
    fc.assert(
      fc.property(fc.array(input, { maxLength: 25 }), channel, (inputs, on) =>
        play(doc, inputs, on),
      ),
      { numRuns: 400 },
    )
  })

  it('no document that passes the schema can make the engine throw or loop', () => {
    fc.assert(fc.property(anyDocument, fc.array(input, { maxLength: 12 }), channel, play), {
      numRuns: 800,
    })
  })

  it('no document that passes the schema can make the validator throw', () => {
    fc.assert(
      fc.property(anyDocument, (doc) => {
        for (const problem of validate(doc, { flows: [doc] }))
          expect(problem.zh + problem.en).to.not.match(/\{\w+\}(?!\})/)
      }),
      { numRuns: 200 },
    )
  })
})
