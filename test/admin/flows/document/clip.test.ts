import { expect } from 'chai'
import type { Doc } from '../../../../admin/src/flows/doc.ts'
import { asObject, blocksOf } from '../../../../admin/src/flows/doc.ts'
import { copied, readClip } from '../../../../admin/src/flows/document/clip.ts'
import type { Clip } from '../../../../admin/src/flows/document/clip.ts'
import { duplicate, paste } from '../../../../admin/src/flows/document/paste.ts'

const words = (zh: string) => ({ 'zh-CN': { text: zh } })
const doc = (): Doc => ({
  langs: ['zh-CN'],
  entry: 'ask',
  vars: [
    { name: 'people', type: 'number' },
    { name: 'unused', type: 'text' },
  ],
  blocks: {
    ask: {
      type: 'ask',
      prompt: words('几位?'),
      slot: { type: 'number' },
      set: 'people',
      out: { next: 'told', noMatch: 'bye' },
      ui: { x: 100, y: 100 },
    },
    told: {
      type: 'say',
      prompt: words('{{people}} 位'),
      out: { next: 'ask' },
      ui: { x: 400, y: 140 },
    },
    bye: { type: 'end', reason: 'done' },
  },
})
const clipOf = (text: string): Clip => {
  const clip = readClip(text)
  if (typeof clip === 'string') throw new Error(clip)
  return clip
}
const empty = (): Doc => ({ langs: ['zh-CN'], blocks: {} })

describe('blocks on the clipboard', () => {
  it('come into another flow with the exits among them and the variables they name', () => {
    const { doc: next, ids } = paste(empty(), clipOf(copied(doc(), ['ask', 'told'])))
    expect(ids).to.deep.equal(['ask', 'told'])
    expect(blocksOf(next)['ask']?.['out'], 'what led elsewhere is cut').to.deep.equal({
      next: 'told',
    })
    expect(blocksOf(next)['told']?.['out']).to.deep.equal({ next: 'ask' })
    expect(next['vars']).to.deep.equal([{ name: 'people', type: 'number' }])
    expect(next['entry']).to.equal('ask')
  })
  it('come into the same flow under ids nobody has, and their exits follow', () => {
    const { doc: next, ids } = paste(doc(), clipOf(copied(doc(), ['ask', 'told'])))
    expect(ids).to.deep.equal(['ask_2', 'told_2'])
    expect(blocksOf(next)['ask_2']?.['out']).to.deep.equal({ next: 'told_2' })
    expect(blocksOf(next)['ask']).to.deep.equal(blocksOf(doc())['ask'])
    expect(next['vars']).to.deep.equal(doc()['vars'])
    const again = paste(next, clipOf(copied(next, ['ask_2'])))
    expect(again.ids).to.deep.equal(['ask_3'])
  })
  it('stand beside the originals, or where one wishes, as they stood to each other', () => {
    const clip = clipOf(copied(doc(), ['ask', 'told']))
    const at = (of: Doc, id: string) => asObject(blocksOf(of)[id]?.['ui'])
    const beside = paste(doc(), clip).doc
    expect(at(beside, 'ask_2')).to.deep.equal({ x: 132, y: 132 })
    const there = paste(empty(), clip, { x: 0, y: 0 }).doc
    expect([at(there, 'ask'), at(there, 'told')]).to.deep.equal([
      { x: 0, y: 0 },
      { x: 300, y: 40 },
    ])
  })
  it('a duplicate leads on to where its original led', () => {
    const { doc: next, ids } = duplicate(doc(), ['ask', 'nobody'])
    expect(ids).to.deep.equal(['ask_2'])
    expect(blocksOf(next)['ask_2']?.['out']).to.deep.equal({ next: 'told', noMatch: 'bye' })
  })
  it('half written ones are taken, too: a draft is allowed to be one', () => {
    const half = {
      langs: ['zh-CN'],
      blocks: { m: { type: 'menu', out: {} }, q: { type: 'queue', queue: '', out: {} } },
    }
    expect(Object.keys(clipOf(copied(half, ['m', 'q'])).blocks)).to.deep.equal(['m', 'q'])
  })
})

describe('what else may be on the clipboard', () => {
  const marked = (blocks: unknown, more: object = {}) =>
    JSON.stringify({ clip: 'yilu/blocks@1', blocks, ...more })
  const say = (text: unknown) => ({ type: 'say', prompt: { 'zh-CN': { text } }, out: {} })

  it('is none of ours: words, other JSON, nothing', () => {
    for (const text of ['', '你好', '{"blocks":{}}', JSON.stringify(doc())])
      expect(readClip(text), text).to.equal('none')
  })
  for (const [what, text] of [
    ['cut off', marked({ a: say('x') }).slice(0, -3)],
    ['an unknown kind', marked({ a: { type: 'script', out: {} } })],
    ['no kind', marked({ a: { out: {} } })],
    ['an id that is none', marked({ 'a b': say('x') })],
    ['an inherited name for a kind', marked({ a: { type: 'constructor', out: {} } })],
    ['words of another type', marked({ a: say(5) })],
    ['words beyond all bounds', marked({ a: say('x'.repeat(9000)) })],
    ['an exit that is no id', marked({ a: { ...say('x'), out: { next: 'a b' } } })],
    ['variables that are none', marked({ a: say('x') }, { vars: [{ name: '1', type: 'text' }] })],
    ['no blocks at all', marked({})],
  ] as const)
    it(`is refused: ${what}`, () => expect(readClip(text)).to.equal('broken'))
  it('is refused: too much of it', () => {
    expect(readClip(marked({ a: say('x') }, { pad: 'x'.repeat(2_100_000) }))).to.equal('large')
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`b${at}`, say('x')]))
    expect(readClip(marked(many))).to.equal('large')
  })
  it('loses exits to blocks that did not come along', () => {
    const clip = clipOf(marked({ a: { ...say('x'), out: { next: 'secret' } } }))
    expect(clip.blocks['a']?.['out']).to.deep.equal({})
  })
})
