import { expect } from 'chai'
import type { Doc } from '../../../admin/src/flows/doc.ts'
import type { DiffWords, ReadableDiff } from '../../../admin/src/flows/versions/readable.ts'
import { forCallers, readableDiff } from '../../../admin/src/flows/versions/readable.ts'
import { sampleFlows } from '../../../bots/samples/hotline/index.ts'

const words: DiffWords = {
  names: 'zh',
  kind: (type) => `<${type}>`,
  fields: (type) =>
    type === 'menu'
      ? [
          { path: 'prompt', label: '开场' },
          { path: 'choices', label: '选项' },
        ]
      : [{ path: 'prompt', label: '说什么' }],
  exit: (_block, port) => `出口${port}`,
  step: (name, inside) => (inside === 'by' ? `by/${name}` : name),
  ...{ yes: '是', no: '否', exits: '出口' },
}

const doc = (): Doc => ({
  schema: 1,
  id: 'm',
  name: '主流程',
  entry: 'hi',
  blocks: {
    hi: {
      type: 'say',
      prompt: { 'zh-CN': { text: '您好' }, en: { text: 'Hello' } },
      out: { next: 'menu' },
      ui: { x: 1, y: 1 },
    },
    menu: {
      type: 'menu',
      label: '主菜单',
      prompt: { 'zh-CN': { text: '请选择' } },
      choices: [
        { id: 'a', dtmf: '1', label: { 'zh-CN': '景点' } },
        { id: 'b', dtmf: '2', label: { 'zh-CN': '投诉' } },
      ],
      out: { a: 'hi', b: 'bye', noMatch: 'bye' },
    },
    bye: { type: 'end', reason: 'done' },
  },
  tests: [{ name: '走通', channel: 'webchat', steps: [{ in: '1' }] }],
})

/** The difference after an edit, as lines to be read. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a document to be changed at will
function after(edit: (doc: any) => void): string[] {
  const newer = structuredClone(doc())
  edit(newer)
  return told(readableDiff(doc(), newer, words))
}

function told({ document, blocks }: ReadableDiff): string[] {
  const show = (lines: ReadableDiff['document']) =>
    lines.map(
      ({ what, before, after: now }) => `${what.join('·')}: ${before ?? '∅'} → ${now ?? '∅'}`,
    )
  return [
    ...show(document),
    ...blocks.flatMap(({ name, kind, lines }) => [`[${kind}] ${name}`, ...show(lines)]),
  ]
}

describe('the difference of two versions in the words of the forms', () => {
  it('is nothing for a block that was moved, or a canvas that was tidied', () => {
    expect(after((d) => (d.blocks.hi.ui = { x: 900, y: 7 }))).to.deep.equal([])
    expect(after((d) => (d.ui = { comments: [] }))).to.deep.equal([])
  })

  it('a text by its field and language, before and after', () => {
    expect(after((d) => (d.blocks.hi.prompt.en.text = 'Welcome'))).to.deep.equal([
      '[changed] 播报',
      '说什么·en: Hello → Welcome',
    ])
  })

  it('another voice or speed, of the flow and of one wording; beside it the telephone as a channel', () => {
    expect(
      after((d) => {
        d.voices = { en: { voice: 'en-gb', speed: 0.9 } }
        d.blocks.hi.prompt.en.speed = 1.2
        d.blocks.hi.prompt.en.by = { voice: { text: 'Hello there' } }
      }),
    ).to.deep.equal([
      'voices·en·voice: ∅ → en-gb',
      'voices·en·speed: ∅ → 0.9',
      '[changed] 播报',
      '说什么·en·speed: ∅ → 1.2',
      '说什么·en·by·by/voice: ∅ → Hello there',
    ])
  })

  it('an exit by its name and the names of the blocks it led and leads to', () => {
    expect(after((d) => (d.blocks.hi.out.next = 'bye'))).to.deep.equal([
      '[changed] 播报',
      '出口·出口next: 主菜单 → 结束',
    ])
    expect(after((d) => delete d.blocks.menu.out.a)).to.deep.equal([
      '[changed] 主菜单',
      '出口·出口a: 播报 → ∅',
    ])
  })

  it('a choice put in between changes nothing of those after it', () => {
    const lines = after((d) =>
      d.blocks.menu.choices.splice(1, 0, { id: 'c', dtmf: '3', label: { 'zh-CN': '天气' } }),
    )
    expect(lines).to.deep.equal([
      '[changed] 主菜单',
      '选项·c·dtmf: ∅ → 3',
      '选项·c·label·zh-CN: ∅ → 天气',
    ])
  })

  it('conditions and values as sentences, not as trees', () => {
    const lines = after((d) => {
      d.blocks.menu.choices[0].when = { var: 'channel', op: '!=', value: { literal: 'voice' } }
    })
    expect(lines).to.deep.equal(['[changed] 主菜单', '选项·a·when: ∅ → channel != "voice"'])
  })

  it('blocks that came and went, with what they say', () => {
    const lines = after((d) => {
      delete d.blocks.bye
      d.blocks.new = { type: 'say', prompt: { 'zh-CN': { text: '新的' } }, out: { next: 'menu' } }
    })
    expect(lines).to.deep.equal([
      '[added] 播报 2',
      '说什么·zh-CN: ∅ → 新的',
      '出口·出口next: ∅ → 主菜单',
      '[removed] 结束',
      'reason: done → ∅',
    ])
  })

  it('another kind of block under the same id', () => {
    expect(after((d) => (d.blocks.bye = { type: 'goto', reason: 'done' }))).to.deep.equal([
      '[changed] 转到流程',
      'type: <end> → <goto>',
    ])
  })

  it('tests as a whole; names, notes and tests are nothing to callers', () => {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a document to be changed at will
    const newer = structuredClone(doc()) as any
    newer.tests[0].steps.push({ in: '投诉' })
    newer.name = '热线'
    newer.blocks.menu.label = '菜单'
    const diff = readableDiff(doc(), newer, words)
    expect(told(diff)).to.deep.equal([
      'name: 主流程 → 热线',
      'tests·走通: 1 → 1 → 投诉',
      '[changed] 菜单',
      'label: 主菜单 → 菜单',
    ])
    expect(told(forCallers(diff))).to.deep.equal([])
    newer.blocks.hi.prompt.en.text = 'Hi'
    expect(told(forCallers(readableDiff(doc(), newer, words)))).to.deep.equal([
      '[changed] 播报',
      '说什么·en: Hello → Hi',
    ])
  })

  it('half-written documents are read as they are', () => {
    for (const half of [{}, { blocks: 7 }, { blocks: { a: null } }, { blocks: { a: [] } }] as Doc[])
      expect(() => readableDiff(doc(), half, words)).to.not.throw()
  })

  it('the sample hotline has no difference to itself, and one to nothing', () => {
    for (const flow of sampleFlows as unknown as Doc[]) {
      expect(told(readableDiff(flow, structuredClone(flow), words))).to.deep.equal([])
      const all = readableDiff({}, flow, words)
      expect(all.blocks.length).to.equal(Object.keys(flow['blocks'] as object).length)
    }
  })
})
