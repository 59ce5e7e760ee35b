import { expect } from 'chai'
import { cardOf, handlesOf } from '../../../../admin/src/flows/canvas/card.ts'
import {
  addComment,
  commentsOf,
  editComment,
  removeComments,
} from '../../../../admin/src/flows/document/comments.ts'
import {
  addGroup,
  groupsOf,
  removeGroup,
  renameGroup,
} from '../../../../admin/src/flows/document/groups.ts'
import { calleeExits, freePort, portsOf } from '../../../../admin/src/flows/document/ports.ts'
import { searchBlocks } from '../../../../admin/src/flows/document/search.ts'

const menu = {
  type: 'menu',
  prompt: { 'zh-CN': { text: '咨询请按1' }, en: { text: 'Press 1 to ask' } },
  choices: [
    { id: 'info', dtmf: '1', label: { 'zh-CN': '咨询', en: 'Information' } },
    { id: 'human', label: { 'zh-CN': '人工' } },
  ],
  out: { noMatch: 'desk', info: 'faq', old: 'faq' },
}

describe('the exits of a block', () => {
  it('stand in the order of its form, with labels, keys and what they lack', () => {
    expect(
      portsOf(menu).map(({ port, required, stray, key, to }) => [port, required, stray, key, to]),
    ).to.deep.equal([
      ['info', true, false, '1', 'faq'],
      ['human', true, false, undefined, undefined],
      ['noMatch', true, false, undefined, 'desk'],
      ['noInput', false, false, undefined, undefined],
      ['other', false, false, undefined, undefined],
      ['old', false, true, undefined, 'faq'],
    ])
    expect(portsOf(menu)[0]?.labels).to.deep.equal({ 'zh-CN': '咨询', en: 'Information' })
  })
  it('can be read however little is written', () => {
    for (const block of [
      {},
      { type: 'menu' },
      { type: 'branch', cases: 'x' },
      { type: 'survey', scale: 5 },
      { type: 'nobody', out: { next: 'a' } },
      { type: 'faq', out: [] },
    ])
      // prettier-ignore
      expect(portsOf(block as Record<string, unknown>)).to.be.an('array')
    expect(portsOf({ type: 'nobody', out: { next: 'a' } })).to.have.length(1)
  })
  it('of a called flow are those its ends name', () => {
    const ends = { blocks: { a: { type: 'end', exit: 'agent' }, b: { type: 'end' }, c: { type: 'end', exit: 'agent' } } } // prettier-ignore
    expect(calleeExits(ends)).to.deep.equal(['agent'])
    const call = { type: 'subflow', flow: 'x', out: { agent: 'desk' } }
    expect(portsOf(call, ['agent']).find(({ port }) => port === 'agent')?.stray).to.equal(false)
    expect(portsOf(call).find(({ port }) => port === 'agent')?.stray).to.equal(true)
  })
  it('the next block takes the one that must be connected, `next` first', () => {
    expect(freePort(menu)).to.equal('human')
    expect(freePort({ type: 'ask', out: {} })).to.equal('next')
    expect(freePort({ type: 'end' })).to.equal(undefined)
  })
})

describe('a block on the canvas', () => {
  const looks = { lang: 'en', callees: new Map(), unfolded: new Set<string>() }
  it('says its words in the language chosen, or in another and says so', () => {
    expect(cardOf('menu', menu, looks).said).to.equal('Press 1 to ask')
    const zh = { type: 'say', prompt: { 'zh-CN': { text: '你好' } } }
    const card = cardOf('hi', zh, looks)
    expect([card.said, card.elsewhere]).to.deep.equal(['你好', true])
  })
  it('folds optional exits away until asked, and has a handle for each that is shown', () => {
    const folded = cardOf('menu', menu, looks)
    expect([folded.ports.length, folded.folded]).to.deep.equal([4, 2])
    const all = cardOf('menu', menu, { ...looks, unfolded: new Set(['menu']) })
    expect([all.ports.length, all.folded]).to.deep.equal([6, 0])
    expect(handlesOf(all).map(({ id }) => id)).to.deep.equal([null, ...all.ports.map(({ port }) => port)]) // prettier-ignore
    for (const { y } of handlesOf(all)) expect(y).to.be.within(0, all.size.height)
  })
  it('is the very same card as long as nothing of it changes', () => {
    const card = cardOf('menu', menu, looks)
    expect(cardOf('menu', menu, { ...looks })).to.equal(card)
    expect(cardOf('menu', { ...menu }, looks)).to.deep.equal(card)
  })
})

describe('search', () => {
  const doc = {
    blocks: {
      menu,
      fee: { type: 'say', label: '门票价格', prompt: { 'zh-CN': { text: '成人票一百二十元' } } },
      lead: { type: 'say', out: { next: 'fee' } },
    },
  }
  it('finds words in any language, labels of choices, labels and ids; names come first', () => {
    expect(searchBlocks(doc, 'information').map(({ id }) => id)).to.deep.equal(['menu'])
    expect(searchBlocks(doc, '门票')).to.deep.equal([{ id: 'fee', excerpt: '门票价格' }])
    expect(searchBlocks(doc, 'MENU').map(({ id }) => id)).to.deep.equal(['menu'])
    expect(searchBlocks(doc, '一百')[0]?.excerpt).to.equal('成人票一百二十元')
  })
  it('does not find where exits lead, nor everything for nothing', () => {
    expect(searchBlocks(doc, 'fee').map(({ id }) => id)).to.deep.equal(['fee'])
    expect(searchBlocks(doc, '  ')).to.deep.equal([])
  })
})

describe('comments and groups', () => {
  it('are written, changed and taken away, and leave nothing behind', () => {
    const { doc, id } = addComment({ blocks: {} }, { x: 1.4, y: 2 }, '问清楚')
    expect(commentsOf(doc)).to.deep.equal([{ id: 'c1', x: 1, y: 2, text: '问清楚' }])
    expect(commentsOf(editComment(doc, id, { text: '好' }))[0]?.text).to.equal('好')
    expect(removeComments(doc, new Set([id]))).to.deep.equal({ blocks: {} })
    expect(removeComments(doc, new Set(['c9']))).to.equal(doc)
  })
  it('a block stands in one frame at most', () => {
    const one = addGroup({ blocks: {} }, '甲', ['a', 'b'])
    const two = addGroup(one, '乙', ['b', 'c'])
    expect(groupsOf(two)).to.deep.equal([
      { id: 'g1', title: '甲', blocks: ['a'] },
      { id: 'g2', title: '乙', blocks: ['b', 'c'] },
    ])
    expect(groupsOf(renameGroup(two, 'g2', '丙'))[1]?.title).to.equal('丙')
    expect(groupsOf(removeGroup(two, 'g1')).map(({ id }) => id)).to.deep.equal(['g2'])
  })
  it('drawings of others that are none are passed over', () => {
    expect(commentsOf({ ui: { comments: [{ id: 'c' }, 5, null] } })).to.deep.equal([])
    expect(groupsOf({ ui: 'x' })).to.deep.equal([])
  })
})
