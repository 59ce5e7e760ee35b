import { expect } from 'chai'
import { diffFlows } from '../../../admin/src/flows/diff.ts'
import { rebaseDoc } from '../../../admin/src/flows/rebase-doc.ts'

const doc = () => ({
  name: 'Main',
  langs: ['zh-CN', 'en'],
  blocks: {
    hi: {
      type: 'say',
      prompt: { en: { text: 'Hello' } },
      out: { next: 'menu' },
      ui: { x: 1, y: 1 },
    },
    menu: {
      type: 'menu',
      choices: [
        { id: 'a', label: { en: 'A' } },
        { id: 'b', label: { en: 'B' } },
      ],
    },
  },
})

describe('the difference of two versions of a flow', () => {
  it('is nothing for equal documents, nor for a block that was only moved on the canvas', () => {
    const moved = doc()
    moved.blocks.hi.ui = { x: 500, y: 2 }
    expect(diffFlows(doc(), moved)).to.deep.equal({ document: [], blocks: [] })
  })
  it('names the words that changed', () => {
    const newer = doc()
    newer.blocks.hi.prompt.en.text = 'Welcome'
    expect(diffFlows(doc(), newer).blocks).to.deep.equal([
      [
        'hi',
        {
          kind: 'changed',
          changes: [{ path: ['prompt', 'en', 'text'], before: 'Hello', after: 'Welcome' }],
        },
      ],
    ])
  })
  it('knows a choice put in between from choices that changed', () => {
    const newer = doc()
    newer.blocks.menu.choices.splice(1, 0, { id: 'c', label: { en: 'C' } })
    expect(diffFlows(doc(), newer).blocks).to.deep.equal([
      [
        'menu',
        {
          kind: 'changed',
          changes: [
            { path: ['choices', 'c', 'id'], after: 'c' },
            { path: ['choices', 'c', 'label', 'en'], after: 'C' },
          ],
        },
      ],
    ])
  })
  it('tells blocks that came and went, and changes outside of blocks', () => {
    const newer = {
      ...doc(),
      langs: ['zh-CN'],
      blocks: { hi: doc().blocks.hi, bye: { type: 'end' } },
    }
    const { document, blocks } = diffFlows(doc(), newer)
    expect(document).to.deep.equal([{ path: ['langs'], before: ['zh-CN', 'en'], after: ['zh-CN'] }])
    expect(blocks.map(([id, { kind }]) => `${kind} ${id}`)).to.deep.equal([
      'added bye',
      'removed menu',
    ])
  })
})

describe('two people edit one draft', () => {
  it('keeps the blocks each of them changed, and names those both changed', () => {
    const mine = doc()
    mine.blocks.hi.prompt.en.text = 'Welcome'
    mine.blocks.menu.choices.pop()
    const theirs = { ...doc(), name: 'Renamed', blocks: { ...doc().blocks, bye: { type: 'end' } } }
    theirs.blocks.menu.choices.shift()
    const { doc: merged, clashes } = rebaseDoc(doc(), mine, theirs)
    expect(merged).to.deep.equal({
      ...doc(),
      name: 'Renamed',
      blocks: { ...mine.blocks, bye: { type: 'end' } },
    })
    expect(clashes).to.deep.equal(['menu'])
  })
  it('lets a block stay removed', () => {
    const { hi } = doc().blocks
    const { doc: merged } = rebaseDoc(doc(), { ...doc(), blocks: { hi } }, doc())
    expect(merged['blocks']).to.deep.equal({ hi })
  })
})
