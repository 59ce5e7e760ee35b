import { expect } from 'chai'
import { createKnowledgeBody } from '../../../gateway/knowledge/schema.ts'
import {
  categoriesOf,
  emptyEntry,
  entryOfMiss,
  halfLanguages,
  openMisses,
  tidyEntry,
  validityOf,
} from '../../../admin/src/knowledge/entry.ts'

describe('a knowledge entry, as it is stored', () => {
  it('loses empty languages, blank and repeated variants, and keeps languages not shown', () => {
    const tidy = tidyEntry({
      ...emptyEntry('门票'),
      question: { 'zh-CN': ' 几点开门? ', en: '  ', ja: '何時?' },
      answer: { 'zh-CN': '八点', en: '' },
      variants: { 'zh-CN': ['开门时间', ' 开门时间', ''], en: [' '] },
      validFrom: '',
      validUntil: '2026-12-31',
    })
    expect(tidy).to.deep.equal({
      category: '门票',
      question: { 'zh-CN': '几点开门?', ja: '何時?' },
      answer: { 'zh-CN': '八点' },
      variants: { 'zh-CN': ['开门时间'] },
      source: '',
      approved: false,
      validUntil: '2026-12-31',
    })
    expect(createKnowledgeBody.safeParse(tidy).success).to.equal(true)
  })
  it('is half done in a language with a question and no answer, or the other way round', () => {
    expect(
      halfLanguages({ question: { 'zh-CN': 'a', en: 'b' }, answer: { 'zh-CN': 'c', en: ' ' } }),
    ).to.deep.equal(['en'])
    expect(halfLanguages({ question: {}, answer: {} })).to.deep.equal([])
  })
  it('begins with the very words nobody could answer, in their language', () => {
    const miss = { text: 'Any lockers?', lang: 'en', count: 3, lastAtMs: 0 }
    expect(entryOfMiss(miss, '服务').question).to.deep.equal({ en: 'Any lockers?' })
    expect(entryOfMiss({ ...miss, lang: 'yue' }, '服务').question).to.have.keys('zh-CN')
  })
})

describe('whether an entry holds today', () => {
  const today = '2026-11-21'
  it('counts both ends as inside', () => {
    expect(validityOf({ validFrom: today, validUntil: today }, today)).to.equal('endsSoon')
    expect(validityOf({ validUntil: '2026-11-20' }, today)).to.equal('expired')
    expect(validityOf({ validFrom: '2026-11-22' }, today)).to.equal('notYet')
  })
  it('warns a month ahead, across the year', () => {
    expect(validityOf({ validUntil: '2026-12-21' }, today)).to.equal('endsSoon')
    expect(validityOf({ validUntil: '2026-12-22' }, today)).to.equal('valid')
    expect(validityOf({}, today)).to.equal('always')
  })
})

describe('questions nobody answered', () => {
  const miss = (text: string) => ({ text, lang: 'zh-CN', count: 1, lastAtMs: 0 })
  it('are done with once an entry says them, as question or variant, however punctuated', () => {
    const entry = { question: { 'zh-CN': '有储物柜吗' }, variants: { en: ['Any lockers'] } }
    const left = openMisses([miss('有储物柜吗?'), miss('any lockers?!'), miss('能带狗吗')], [entry])
    expect(left.map(({ text }) => text)).to.deep.equal(['能带狗吗'])
  })
})

describe('categories', () => {
  it('are counted and sorted as Chinese is', () => {
    expect(
      categoriesOf([{ category: '天气' }, { category: '门票' }, { category: '天气' }]),
    ).to.deep.equal([
      ['门票', 1],
      ['天气', 2],
    ])
  })
})
