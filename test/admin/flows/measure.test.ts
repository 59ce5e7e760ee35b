import { expect } from 'chai'
import { lastDays, spanOf } from '../../../admin/src/flows/measure/period.ts'
import {
  meanMark,
  overlayOf,
  rowsOf,
  share,
  worstFirst,
} from '../../../admin/src/flows/measure/rows.ts'
import { addWording, choicesOf } from '../../../admin/src/flows/measure/wording.ts'
import type { BlockMeasures } from '../../../gateway/measures/schema.ts'

const block = (id: string, figures: Partial<BlockMeasures> = {}): BlockMeasures => ({
  block: id,
  entered: 10,
  exits: { next: 8 },
  gaveUp: 0,
  askedForPerson: 0,
  noMatch: 0,
  noInput: 0,
  marks: {},
  ...figures,
})

describe('admin flows: figures of blocks', () => {
  it('where most give up stands first, then where most go through', () => {
    const rows = rowsOf([
      block('a', { entered: 3 }),
      block('b', { gaveUp: 2 }),
      block('c', { entered: 50 }),
      block('d', { gaveUp: 5 }),
    ])
    expect(rows.sort(worstFirst).map(({ id }) => id)).to.deep.equal(['d', 'b', 'c', 'a'])
  })

  it('two versions stand side by side, with blocks that only one of them has', () => {
    const rows = rowsOf([block('old'), block('both')], [block('both', { gaveUp: 4 }), block('new')])
    expect(rows.map(({ id, now, other }) => [id, now.entered, other?.entered])).to.deep.equal([
      ['old', 10, 0],
      ['both', 10, 10],
      ['new', 0, 10],
    ])
    expect(rowsOf([block('a')])[0]!.other).to.equal(undefined)
  })

  it('nobody came: no share, and no mean of no marks', () => {
    expect(share(0, 0)).to.equal(undefined)
    expect(share(1, 4)).to.equal(0.25)
    expect(meanMark({})).to.equal(undefined)
    expect(meanMark({ 5: 3, 1: 1, odd: 7 })).to.deep.equal({ mean: 4, count: 4 })
  })

  it('the canvas gets what its contract names', () => {
    expect(overlayOf([block('a', { marks: { survey: { 5: 1 } } })]).get('a')).to.have.all.keys(
      ...['entered', 'exits', 'gaveUp', 'askedForPerson', 'noMatch', 'noInput'],
    )
  })

  it('a period is known as one of the usual ones, or as none', () => {
    const nowMs = Date.now()
    expect(spanOf(lastDays(30, nowMs), nowMs)).to.equal(30)
    expect(spanOf({ ...lastDays(30, nowMs), from: '2020-01-01' }, nowMs)).to.equal(undefined)
  })
})

describe('admin flows: words made a wording', () => {
  const doc = {
    blocks: {
      menu: {
        type: 'menu',
        choices: [
          { id: 'book', label: { 'zh-CN': '订座', en: 'book' } },
          { id: 'fare', label: { 'zh-CN': '票价' }, say: { 'zh-CN': ['多少钱'] } },
        ],
      },
      colour: {
        type: 'ask',
        slot: { type: 'enum', choices: [{ id: 'red', label: { en: 'red' } }] },
      },
      bye: { type: 'say' },
    },
  }

  it('choices are named in the language of the words, else in another', () => {
    expect(choicesOf(doc, 'menu', 'en')).to.deep.equal([
      { id: 'book', label: 'book' },
      { id: 'fare', label: '票价' },
    ])
    expect(choicesOf(doc, 'bye', 'en')).to.deep.equal([])
    expect(choicesOf(doc, 'removed', 'en')).to.deep.equal([])
  })

  it('are added to the choice in that language, beside those there are', () => {
    const next = addWording(doc, 'menu', 'fare', 'zh-CN', '啥价')
    expect(next).to.have.deep.nested.property('blocks.menu.choices[1].say', {
      'zh-CN': ['多少钱', '啥价'],
    })
    expect(next).to.have.nested.property('blocks.bye', doc.blocks.bye)
    expect(addWording(doc, 'colour', 'red', 'en', 'crimson')).to.have.deep.nested.property(
      'blocks.colour.slot.choices[0].say',
      { en: ['crimson'] },
    )
  })

  it('that are there already, or whose choice is gone, change nothing', () => {
    expect(addWording(doc, 'menu', 'fare', 'zh-CN', '多少钱')).to.equal(doc)
    expect(addWording(doc, 'menu', 'gone', 'zh-CN', '啥价')).to.equal(doc)
    expect(addWording(doc, 'removed', 'fare', 'zh-CN', '啥价')).to.equal(doc)
  })
})
