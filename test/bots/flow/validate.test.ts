import { expect } from 'chai'
import type { Block, FlowDoc } from '../../../bots/flow/schema.ts'
import { loadPinyin } from '../../../bots/flow/pinyin.ts'
import { validate } from '../../../bots/flow/validate.ts'
import type { Environment, Problem } from '../../../bots/flow/validate.ts'
import { textHash } from '../../../bots/flow/versions.ts'
import { choice, flowOf, hotline, prompt, queue } from './documents.ts'

const environment = (): Environment => ({
  queues: ['general', 'rescue'],
  schedules: ['desk'],
  sources: ['weather'],
  knowledgeBases: ['tour'],
  classifiers: ['tour'],
  ticketKinds: ['complaint'],
  dialogs: ['booking'],
  media: ['rec1'],
  flows: [],
})
const found = (doc: FlowDoc, more: Partial<Environment> = {}): Problem[] =>
  validate(doc, { ...environment(), ...more })
const say = (to: string, text = '你好'): Block => ({
  type: 'say',
  prompt: prompt(text),
  out: { next: to },
})

/** Changes the blameless hotline in one way and says which problem that must bring. */
type Change = (doc: FlowDoc) => void
const cases: [code: string, situation: string, change: Change, more?: Partial<Environment>][] = [
  ['ENTRY', 'the first block is missing', (doc) => (doc.entry = 'nowhere')],
  ['DANGLING', 'an exit leads to a deleted block', (doc) => (doc.blocks.x = say('gone'))],
  [
    'PORT',
    'an exit is not connected',
    (doc) => (doc.blocks.agent = { ...queue(), out: {} } as Block),
  ],
  [
    'EXTRA_PORT',
    'an exit can never be taken',
    (doc) => Object.assign(doc.blocks.menu?.out ?? {}, { old: 'end' }),
  ],
  [
    'VOICE_GONE',
    'no engine has the voice of the flow',
    (doc) => (doc.voices = { en: { voice: 'nobody' } }),
    { voices: [{ id: 'lan', locale: 'cmn-CN' }] },
  ],
  [
    'VOICE_GONE',
    'no engine has the voice of a prompt',
    (doc) => (doc.blocks.x = { ...say('end'), prompt: { ...prompt('你好'), 'zh-CN': { text: '你好', voice: 'nobody' } } } as Block), // prettier-ignore
    { voices: [] },
  ],
  [
    'VOICE_LANG',
    'a voice speaks another language',
    (doc) => (doc.voices = { en: { voice: 'lan' } }),
    { voices: [{ id: 'lan', locale: 'cmn-CN' }] },
  ],
  ['DEFAULT_LANG', 'the default language is not offered', (doc) => (doc.defaultLang = 'ja')],
  ['PROMPT_LANG', 'a prompt lacks a language', (doc) => doc.langs.push('ja')],
  ['LABEL_LANG', 'a label lacks a language', (doc) => doc.langs.push('ja')],
  [
    'UNDECLARED',
    'a prompt names an unknown variable',
    (doc) => (doc.blocks.x = say('end', '{{nobody}}')),
  ],
  [
    'UNDECLARED',
    'an answer is stored in an unknown variable',
    (doc) => Object.assign(doc.blocks.people ?? {}, { set: 'nobody' }),
  ],
  [
    'RESERVED',
    'a variable has a name of the system',
    (doc) => doc.vars?.push({ name: 'contact', type: 'text' }),
  ],
  [
    'VAR_DUP',
    'a variable is declared twice',
    (doc) => doc.vars?.push({ name: 'people', type: 'text' }),
  ],
  ['TEMPLATE', 'braces do not pair', (doc) => (doc.blocks.x = say('end', '{{people'))],
  ['FILTER', 'a filter does not exist', (doc) => (doc.blocks.x = say('end', '{{people|shout}}'))],
  [
    'PATTERN',
    'a pattern could hang the process',
    (doc) => Object.assign(doc.blocks.story ?? {}, { slot: { type: 'text', pattern: '(a+)+' } }),
  ],
  [
    'DTMF_DUP',
    'two choices share a key',
    (doc) =>
      changeMenu(doc, [choice('info', '1', '咨询', 'a'), choice('complain', '1', '投诉', 'b')]),
  ],
  [
    'DTMF_KEY',
    'a key does not exist on a telephone',
    (doc) =>
      changeMenu(doc, [choice('info', 'A', '咨询', 'a'), choice('complain', '2', '投诉', 'b')]),
  ],
  [
    'DTMF_PREFIX',
    'one key begins another',
    (doc) =>
      changeMenu(doc, [choice('info', '1', '咨询', 'a'), choice('complain', '12', '投诉', 'b')]),
  ],
  [
    'SAY_DUP',
    'one phrase means two choices',
    (doc) =>
      changeMenu(doc, [choice('info', '1', '咨询', 'a'), choice('complain', '2', '咨询', 'b')]),
  ],
  [
    'NO_DTMF',
    'a choice has no key',
    (doc) =>
      changeMenu(doc, [
        { id: 'info', label: { 'zh-CN': '咨询', en: 'a' } },
        choice('complain', '2', '投诉', 'b'),
      ]),
  ],
  [
    'KEY_UNSPOKEN',
    'the prompt does not name a key, and the engine is told not to',
    (doc) => {
      changeMenu(doc, [choice('info', '7', '咨询', 'a'), choice('complain', '2', '投诉', 'b')])
      doc.input = { sayChoices: false }
    },
  ],
  [
    'KEY_UNSPOKEN',
    'the wording for the ear does not name a key',
    (doc) => {
      changeMenu(doc, [choice('info', '1', '咨询', 'a'), choice('complain', '2', '投诉', 'b')])
      const { menu } = doc.blocks
      if (menu?.type === 'menu')
        menu.prompt = { ...menu.prompt, en: { text: '1, 2', speak: 'Say it' } }
    },
  ],
  [
    'NUMBER',
    'a call is sent to something that is no number',
    (doc) =>
      (doc.blocks.x = {
        type: 'transfer',
        to: { kind: 'number', value: 'the desk' },
        out: { next: 'end', failed: 'end' },
      }),
  ],
  [
    'REF',
    'a mailbox does not exist',
    (doc) =>
      (doc.blocks.x = {
        type: 'voicemail',
        mailbox: 'nobody',
        prompt: prompt('请留言'),
        out: { next: 'end' },
      }),
    { mailboxes: ['general'] },
  ],
  [
    'MENU_LONG',
    'a menu has seven choices',
    (doc) =>
      changeMenu(
        doc,
        [1, 2, 3, 4, 5, 6, 7].map((n) => choice(`c${n}`, `${n}`, `第${n}项`, `item ${n}`)),
      ),
  ],
  [
    'HOTKEY_SHADOW',
    'a choice takes the key of a hotkey',
    (doc) =>
      changeMenu(doc, [choice('info', '0', '咨询', 'a'), choice('complain', '2', '投诉', 'b')]),
  ],
  ['REF', 'a queue does not exist', () => undefined, { queues: ['general'] }],
  ['REF', 'a knowledge base does not exist', () => undefined, { knowledgeBases: [] }],
  [
    'REF',
    'a sub-flow does not exist',
    (doc) => (doc.blocks.x = { type: 'subflow', flow: 'no', out: { next: 'end', error: 'end' } }),
  ],
  [
    'ARG',
    'a called flow does not know the argument',
    (doc) =>
      (doc.blocks.x = {
        type: 'subflow',
        flow: 'sub',
        args: { weight: { literal: 1 } },
        out: { next: 'end', error: 'end' },
      }),
    { flows: [flowOf({ a: say('end') }, { id: 'sub' })] },
  ],
  ['MEDIA', 'a recording is missing', (doc) => record(doc, '欢迎', 'rec9', '欢迎')],
  [
    'STALE_REC',
    'a text changed after it was recorded',
    (doc) => record(doc, '欢迎光临', 'rec1', '欢迎'),
  ],
  [
    'REC_VARS',
    'a recorded text has variables',
    (doc) => record(doc, '您好{{people}}', 'rec1', '您好{{people}}'),
  ],
  [
    'LOOP',
    'three blocks go round without waiting',
    (doc) => Object.assign(doc.blocks, { a: say('b'), b: say('c'), c: say('a') }),
  ],
  [
    'LOOP',
    'an answer leads back to a block that does not ask',
    (doc) => Object.assign(doc.blocks.facts?.out ?? {}, { noMatch: 'facts' }),
  ],
  [
    'TRAP',
    'a question leads only to itself',
    (doc) =>
      Object.assign(doc.blocks, {
        story: { ...doc.blocks.story, out: { next: 'story', noMatch: 'story' } },
      }),
  ],
  [
    'RECURSION',
    'two flows call each other',
    (doc) => (doc.blocks.x = { type: 'subflow', flow: 'sub', out: { next: 'end', error: 'end' } }),
    {
      flows: [
        flowOf(
          { a: { type: 'subflow', flow: 'main', out: { next: 'end', error: 'end' } } },
          { id: 'sub' },
        ),
      ],
    },
  ],
  [
    'WX_LEN',
    'a text is too long for WeChat',
    (doc) => (doc.blocks.x = say('end', '长'.repeat(683))),
  ],
  ['SMS_LEN', 'a text takes four messages', (doc) => (doc.blocks.x = say('end', '长'.repeat(202)))],
  [
    'HOTKEY',
    'a hotkey leads nowhere',
    (doc) => doc.hotkeys?.push({ id: 'x', dtmf: '9', target: 'gone' }),
  ],
  [
    'HOTKEY_EMPTY',
    'a hotkey cannot be pressed',
    (doc) => doc.hotkeys?.push({ id: 'x', target: 'menu' }),
  ],
  [
    'SOS_HOURS',
    'an emergency depends on opening hours',
    (doc) =>
      Object.assign(doc.blocks, {
        rescue: { type: 'hours', schedule: 'desk', out: { open: 'agent', closed: 'agent' } },
      }),
  ],
  ['UNREACHABLE', 'no path leads to a block', (doc) => (doc.blocks.x = say('end'))],
  [
    'NO_AGENT_KEY',
    'no hotkey reaches a person',
    (doc) => (doc.hotkeys = doc.hotkeys?.filter(({ id }) => id !== 'agent')),
  ],
  [
    'CHAT_ONLY',
    'a caller is asked for a picture',
    (doc) => Object.assign(doc.blocks.story ?? {}, { slot: { type: 'media' } }),
  ],
  [
    'PII_SPOKEN',
    'personal data are read out',
    (doc) => {
      doc.vars = [
        { name: 'people', type: 'text' },
        { name: 'answer', type: 'text' },
        { name: 'id', type: 'text', pii: true },
      ]
      doc.blocks.x = say('end', '{{id}}')
    },
  ],
]

function changeMenu(doc: FlowDoc, choices: Extract<Block, { type: 'menu' }>['choices']): void {
  const { menu } = doc.blocks
  if (menu?.type !== 'menu') throw new Error('the hotline begins with a menu')
  const exits = Object.fromEntries(choices.map(({ id }) => [id, 'end']))
  doc.blocks.menu = { ...menu, choices, out: { ...menu.out, ...exits } }
}

function record(doc: FlowDoc, text: string, mediaId: string, recorded: string): void {
  const audio = { mediaId, ofText: textHash(recorded) }
  doc.blocks.x = {
    type: 'say',
    prompt: { 'zh-CN': { text, audio }, en: { text: 'Hi' } },
    out: { next: 'end' },
  }
}

describe('checking a flow before it goes live', () => {
  it('finds nothing wrong with a good one', () => {
    expect(found(hotline())).to.deep.equal([])
  })

  for (const [code, situation, change, more] of cases)
    it(`${code}: ${situation}`, () => {
      const doc = hotline()
      change(doc)
      const problem = found(doc, more).find((each) => each.code === code)
      expect(
        problem,
        found(doc, more)
          .map((each) => each.code)
          .join(),
      ).to.not.equal(undefined)
      expect(problem?.zh).to.match(/[\u4e00-\u9fff].*[,。]/)
      expect(problem?.en).to.match(/[a-z].*\.$/)
      expect(problem?.zh + (problem?.en ?? '')).to.not.match(/\{(?!\{)\w+\}(?!\})/)
    })

  it('does not mind what is allowed: a timed prefix, a masked number, a confirmed one, a short text for SMS', () => {
    const doc = hotline()
    doc.input = { dtmf: { interDigitMs: 2000 } }
    changeMenu(doc, [choice('info', '1', '咨询', 'a'), choice('complain', '12', '投诉', 'b')])
    doc.vars?.push({ name: 'id', type: 'text', pii: true })
    doc.blocks.x = {
      type: 'say',
      prompt: {
        'zh-CN': { text: `${'长'.repeat(300)}{{id|mask}}`, by: { sms: { text: '短' } } },
        en: { text: 'short' },
      },
      out: { next: 'end' },
    }
    const codes = found(doc).map(({ code }) => code)
    expect(codes).to.not.include.members(['DTMF_PREFIX'])
    expect(codes).to.not.include.members(['PII_SPOKEN'])
    expect(codes).to.not.include.members(['SMS_LEN'])
  })

  it('does not mind voices where nobody knows them, where a recording speaks, and Cantonese in Hong Kong', () => {
    const doc = hotline()
    doc.voices = { en: { voice: 'nobody' }, 'zh-CN': { voice: 'lan' }, 'zh-HK': { voice: 'ka' } }
    const codes = (voices?: Environment['voices']) => found(doc, { voices }).map(({ code }) => code)
    expect(codes()).to.not.include('VOICE_GONE')
    expect(
      codes([
        { id: 'lan', locale: 'cmn-CN' },
        { id: 'ka', locale: 'yue-HK' },
        { id: 'nobody', locale: 'en-GB' },
      ]),
    ).to.not.include.members(['VOICE_GONE', 'VOICE_LANG'])
    doc.voices = {}
    const audio = { mediaId: 'rec1', ofText: textHash('你好') }
    doc.blocks.x = {
      ...say('end'),
      prompt: { ...prompt('你好'), 'zh-CN': { text: '你好', voice: 'nobody', audio } },
    } as Block
    expect(codes([])).to.not.include('VOICE_GONE')
  })

  it('hears that two choices sound alike', async () => {
    const doc = hotline()
    changeMenu(doc, [choice('info', '1', '游览', 'a'), choice('complain', '2', '有篮', 'b')])
    expect(found(doc).map(({ code }) => code)).to.not.include('HOMOPHONE')
    const soundOf = await loadPinyin()
    const problem = found(doc, { soundOf }).find(({ code }) => code === 'HOMOPHONE')
    expect(problem).to.deep.include({ severity: 'warning', block: 'menu', lang: 'zh-CN' })
  })

  it('names errors before warnings, with the block they are in', () => {
    const doc = hotline()
    doc.blocks.x = say('gone')
    const problems = found(doc)
    expect(problems.map(({ code }) => code)).to.deep.equal(['DANGLING', 'UNREACHABLE'])
    expect(problems.map(({ severity }) => severity)).to.deep.equal(['error', 'warning'])
    expect(problems[0]).to.include({ block: 'x' })
  })

  it('says in which field a problem is, in which language, and whose channel suffers', () => {
    const doc = hotline()
    changeMenu(doc, [choice('info', '1', '咨询', ''), choice('complain', '1', '投诉', 'b')])
    doc.blocks.x = say('end', '{{people')
    doc.blocks.q = { ...queue(), queue: '?' } as Block
    const all = found(doc)
    const at = (code: string) => all.find((problem) => problem.code === code)
    expect(at('DTMF_DUP')).to.include({ field: 'choices.1.dtmf', channel: 'voice' })
    expect(at('LABEL_LANG')).to.include({ field: 'choices.0.label', lang: 'en' })
    expect(at('TEMPLATE')).to.include({ block: 'x', field: 'prompt.zh-CN.text', lang: 'zh-CN' })
    expect(at('NOT_CHOSEN')).to.include({ field: 'queue', zh: '还没有选择队列,请选一个。' })
  })
})
