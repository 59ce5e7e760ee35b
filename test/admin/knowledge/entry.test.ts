import { expect } from 'chai'
import { createKnowledgeBody } from '../../../gateway/knowledge/schema.ts'
import {
  emptyEntry,
  entryOfMiss,
  halfLanguages,
  standingOf,
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
      keywords: [],
      validUntil: '2026-12-31',
    })
    expect(createKnowledgeBody.safeParse({ ...tidy, approved: false }).success).to.equal(true)
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

describe('a question nobody answered', () => {
  it('brings the other ways it was asked along as variants', () => {
    const wordings = ['能带狗吗', '狗让进吗'].map((text) => ({ text }))
    const draft = entryOfMiss({ text: '能带狗吗', lang: 'zh-CN', wordings }, 'services')
    expect(draft).to.deep.include({
      question: { 'zh-CN': '能带狗吗' },
      variants: { 'zh-CN': ['狗让进吗'] },
    })
  })
})

describe('how an entry stands', () => {
  it('approved, waiting in front of its former wording, or a draft nobody is told', () => {
    const live = { question: {}, answer: {} }
    expect(standingOf({ approved: true })).to.equal('approved')
    expect(standingOf({ approved: false, live })).to.equal('waiting')
    expect(standingOf({ approved: false })).to.equal('draft')
  })
})
