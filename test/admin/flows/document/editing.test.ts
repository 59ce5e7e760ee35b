import { expect } from 'chai'
import type { Doc } from '../../../../admin/src/flows/doc.ts'
import { asObject, blocksOf } from '../../../../admin/src/flows/doc.ts'
import { addBehind, addBlock, insertInto } from '../../../../admin/src/flows/document/add.ts'
import { blockOf } from '../../../../admin/src/flows/document/blocks.ts'
import {
  connect,
  disconnect,
  exitsTo,
  reconnect,
} from '../../../../admin/src/flows/document/connect.ts'
import { keepPlaces, moveBlocks, placeOf } from '../../../../admin/src/flows/document/place.ts'
import { removeBlocks } from '../../../../admin/src/flows/document/remove.ts'
import { renameAll, renameBlock } from '../../../../admin/src/flows/document/rename.ts'

const doc = (): Doc => ({
  schema: 1,
  langs: ['zh-CN', 'en'],
  defaultLang: 'zh-CN',
  entry: 'hello',
  main: 'menu',
  hotkeys: [{ id: 'human', dtmf: '0', target: 'desk' }],
  blocks: {
    hello: { type: 'say', out: { next: 'menu' } },
    menu: { type: 'menu', choices: [{ id: 'a', label: {} }], out: { a: 'desk', noMatch: 'menu' } },
    desk: { type: 'queue', queue: 'general', out: { closed: 'bye' } },
    bye: { type: 'end', reason: 'done' },
  },
  tests: [{ name: 'way', steps: [{ in: '1' }, { expect: { block: 'desk' } }] }],
  ui: { groups: [{ id: 'g1', title: '人工', blocks: ['desk', 'bye'] }] },
})
const out = (of: Doc, id: string) => asObject(blockOf(of, id)?.['out'])

describe('blocks are added', () => {
  it('with a place for words in every language of the flow, under an id nobody has', () => {
    const { doc: next, id } = addBlock(doc(), 'say', { x: 10.4, y: 20.6 })
    expect(id).to.equal('say')
    expect(blockOf(next, id)).to.deep.equal({
      type: 'say',
      prompt: { 'zh-CN': { text: '' }, en: { text: '' } },
      out: {},
      ui: { x: 10, y: 21 },
    })
    expect(addBlock(next, 'say').id).to.equal('say_2')
  })
  it('for every kind there is, and the editor can read each of them', async () => {
    const { registry } = await import('../../../../bots/flow/registry.ts')
    const { portsOf } = await import('../../../../admin/src/flows/document/ports.ts')
    for (const type of Object.keys(registry) as (keyof typeof registry)[]) {
      const { doc: next, id } = addBlock(doc(), type)
      const block = blockOf(next, id)!
      expect(block['type']).to.equal(type)
      expect(portsOf(block).every(({ to }) => to === undefined)).to.equal(true)
    }
  })
  it('the first one of all is where the flow begins', () => {
    const { doc: next, id } = addBlock({ langs: ['en'], blocks: {} }, 'say')
    expect(next['entry']).to.equal(id)
    expect(addBlock(next, 'end').doc['entry']).to.equal(id)
  })
  it('never under an id that a loose exit waits for', () => {
    const loose = { ...doc(), blocks: { hello: { type: 'say', out: { next: 'say' } } } }
    expect(addBlock(loose, 'say').id).to.equal('say_2')
  })
  it('behind an exit', () => {
    const { doc: next, id } = addBehind(doc(), 'say', { from: 'desk', port: 'timeout' })
    expect(out(next, 'desk')).to.deep.equal({ closed: 'bye', timeout: id })
  })
  it('into an exit: the way goes on behind them', () => {
    const { doc: next, id } = insertInto(doc(), 'say', { from: 'hello', port: 'next' })
    expect(out(next, 'hello')).to.deep.equal({ next: id })
    expect(out(next, id)).to.deep.equal({ next: 'menu' })
  })
  it('into an exit, as an end: there is no way on', () => {
    const { doc: next, id } = insertInto(doc(), 'end', { from: 'hello', port: 'next' })
    expect(out(next, 'hello')).to.deep.equal({ next: id })
    expect(out(next, id)).to.deep.equal({})
  })
})

describe('exits are connected', () => {
  it('to another block, and all else keeps its very object', () => {
    const before = doc()
    const next = connect(before, 'hello', 'next', 'desk')
    expect(out(next, 'hello')).to.deep.equal({ next: 'desk' })
    expect(blocksOf(next)['menu']).to.equal(blocksOf(before)['menu'])
    expect(out(before, 'hello')).to.deep.equal({ next: 'menu' })
  })
  it('to where they lead already: nothing happens', () => {
    const before = doc()
    expect(connect(before, 'hello', 'next', 'menu')).to.equal(before)
    expect(disconnect(before, 'hello', 'nowhere')).to.equal(before)
    expect(connect(before, 'gone', 'next', 'menu')).to.equal(before)
  })
  it('anew by their end, and by their beginning', () => {
    const old = { from: 'menu', port: 'a' }
    expect(out(reconnect(doc(), old, { ...old, to: 'bye' }), 'menu')).to.deep.equal({
      a: 'bye',
      noMatch: 'menu',
    })
    const moved = reconnect(doc(), old, { from: 'desk', port: 'timeout', to: 'desk' })
    expect(out(moved, 'menu')).to.deep.equal({ noMatch: 'menu' })
    expect(out(moved, 'desk')).to.deep.equal({ closed: 'bye', timeout: 'desk' })
  })
  it('and can be asked for by where they lead', () => {
    expect(exitsTo(doc(), 'menu')).to.deep.equal([
      { from: 'hello', port: 'next' },
      { from: 'menu', port: 'noMatch' },
    ])
  })
})

describe('blocks are removed', () => {
  it('with the exits that led to them and their place in groups', () => {
    const next = removeBlocks(doc(), ['desk'])
    expect(Object.keys(blocksOf(next))).to.deep.equal(['hello', 'menu', 'bye'])
    expect(out(next, 'menu')).to.deep.equal({ noMatch: 'menu' })
    expect(next['ui']).to.deep.equal({ groups: [{ id: 'g1', title: '人工', blocks: ['bye'] }] })
    expect(removeBlocks(next, ['bye'])['ui'], 'an empty frame goes').to.equal(undefined)
  })
  it('and the entry passes to what came next; a removed main menu is named no more', () => {
    expect(removeBlocks(doc(), ['hello'])['entry']).to.equal('menu')
    const next = removeBlocks(doc(), ['hello', 'menu'])
    expect(next['entry'], 'nobody can know: the check will say so').to.equal('hello')
    expect(next['main']).to.equal(undefined)
  })
  it('that are not there: nothing happens', () => {
    const before = doc()
    expect(removeBlocks(before, ['nobody'])).to.equal(before)
  })
})

describe('a block gets another id', () => {
  it('wherever it is named, and stands where it stood', () => {
    const next = renameBlock(doc(), 'desk', 'people')
    expect(Object.keys(blocksOf(next))).to.deep.equal(['hello', 'menu', 'people', 'bye'])
    expect(out(next, 'menu')['a']).to.equal('people')
    expect(next['hotkeys']).to.deep.equal([{ id: 'human', dtmf: '0', target: 'people' }])
    expect(next['tests']).to.deep.equal([
      { name: 'way', steps: [{ in: '1' }, { expect: { block: 'people' } }] },
    ])
    expect(asObject(next['ui'])['groups']).to.deep.equal([
      { id: 'g1', title: '人工', blocks: ['people', 'bye'] },
    ])
    expect(renameBlock(doc(), 'hello', 'hi')['entry']).to.equal('hi')
    const menu = renameBlock(doc(), 'menu', 'top')
    expect([menu['main'], out(menu, 'top')['noMatch']]).to.deep.equal(['top', 'top'])
  })
  it('two may swap theirs', () => {
    const names = new Map([
      ['desk', 'bye'],
      ['bye', 'desk'],
    ])
    const next = renameAll(doc(), names)
    expect(blockOf(next, 'bye')?.['type']).to.equal('queue')
    expect(out(next, 'bye')).to.deep.equal({ closed: 'desk' })
  })
  it('but not one that is taken, and nobody else can be renamed', () => {
    const before = doc()
    expect(renameBlock(before, 'desk', 'bye')).to.equal(before)
    expect(renameBlock(before, 'nobody', 'somebody')).to.equal(before)
  })
})

describe('blocks are moved', () => {
  it('to whole pixels, and the notes on them stay', () => {
    const noted = { ...doc(), blocks: { hello: { type: 'say', ui: { x: 0, y: 0, note: '!' } } } }
    const next = moveBlocks(noted, new Map([['hello', { x: 8.2, y: -7.9 }]]))
    expect(blockOf(next, 'hello')?.['ui']).to.deep.equal({ x: 8, y: -8, note: '!' })
  })
  it('and the others, drawn nowhere before, stay where they are seen', () => {
    const seen = new Map([
      ['hello', { x: 0, y: 0 }],
      ['menu', { x: 300, y: 40 }],
    ])
    const placed = keepPlaces(moveBlocks(doc(), new Map([['hello', { x: 5, y: 5 }]])), seen)
    expect(placeOf(blockOf(placed, 'hello')!)).to.deep.equal({ x: 5, y: 5 })
    expect(placeOf(blockOf(placed, 'menu')!)).to.deep.equal({ x: 300, y: 40 })
  })
})
