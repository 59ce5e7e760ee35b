import { expect } from 'chai'
import { createIndex } from '../../../bots/nlu/faq.ts'
import { SCORE } from '../../../bots/nlu/scoring.ts'
import type { KnowledgeEntry } from '../../../bots/nlu/entry.ts'

function entry(id: string, zh: string[], en: string[], more: Partial<KnowledgeEntry> = {}) {
  return {
    id,
    category: 'spots',
    question: { 'zh-CN': zh[0]!, en: en[0]! },
    variants: { 'zh-CN': zh.slice(1), en: en.slice(1) },
    answer: { 'zh-CN': `${id}的回答`, en: `answer of ${id}` },
    source: 'test',
    approved: true,
    ...more,
  } satisfies KnowledgeEntry
}

const WARRIORS = entry(
  'warriors',
  ['兵马俑怎么去?', '去秦俑馆坐什么车'],
  ['How do I get to the Terracotta Army?', 'bus to the warriors'],
  { keywords: ['兵马俑', 'terracotta'] },
)
const WALL = entry(
  'wall',
  ['城墙上可以骑自行车吗?', '城墙租车'],
  ['Can I cycle on the city wall?', 'bike rental on the wall'],
  { keywords: ['城墙'] },
)
const PAGODA = entry(
  'pagoda',
  ['大雁塔门票多少钱?', '大雁塔票价'],
  ['How much is the Big Wild Goose Pagoda?', 'pagoda ticket price'],
  { keywords: ['大雁塔'] },
)
const ALL = [WARRIORS, WALL, PAGODA]

const best = (index: ReturnType<typeof createIndex>, text: string, lang = 'zh-CN') =>
  index.search(text, lang)[0]

describe('knowledge search', () => {
  it('gives an entry asked in its own words the full score, whatever the punctuation and width', () => {
    const index = createIndex(ALL)
    const hit = best(index, ' 兵马俑怎么去? ')!
    expect(hit.id).to.equal('warriors')
    expect(hit.score).to.be.greaterThan(0.9).and.at.most(1)
    expect(hit.answer).to.equal('warriors的回答')
    expect(hit.question).to.equal('兵马俑怎么去?')
  })

  it('scores a question about something else low enough to be refused', () => {
    const index = createIndex(ALL)
    expect(best(index, '附近哪里可以打印文件')?.score ?? 0).to.be.below(SCORE.offer)
    expect(best(index, 'where can I print a document', 'en')?.score ?? 0).to.be.below(SCORE.offer)
  })

  it('understands a word only the synonym table knows', () => {
    const without = createIndex(ALL)
    const index = createIndex(ALL, { synonyms: [['自行车', '单车', 'bike', 'cycle', 'bicycle']] })
    expect(best(index, '单车')?.id).to.equal('wall')
    expect(best(without, '单车')!.score).to.be.below(0.2)
    expect(best(index, 'bicycles?', 'en')?.id).to.equal('wall')
  })

  it('reads a name that speech recognition wrote in other characters', () => {
    const hit = best(createIndex(ALL), '冰马勇')!
    expect(hit.id).to.equal('warriors')
    expect(hit.repaired).to.deep.equal([{ from: '冰马勇', to: '兵马俑' }])
  })

  it('reads a name typed in pinyin and one written in traditional characters', () => {
    expect(best(createIndex(ALL), 'bingmayong')?.id).to.equal('warriors')
    expect(best(createIndex(ALL), '兵馬俑')?.id).to.equal('warriors')
  })

  it('forgives one typing slip in a long English word', () => {
    expect(best(createIndex(ALL), 'teracotta', 'en')?.id).to.equal('warriors')
  })

  it('falls back to the same language family and knows when it has none', () => {
    const index = createIndex(ALL)
    expect(best(index, 'city wall', 'en-GB')?.answer).to.equal('answer of wall')
    expect(best(index, '城墙', 'zh-TW')?.id).to.equal('wall')
    expect(index.search('城墙', 'ja')).to.deep.equal([])
  })

  it('never shows an entry nobody approved, unless asked to', () => {
    const draft = { ...WALL, approved: false }
    expect(createIndex([draft]).search('城墙', 'zh-CN')).to.deep.equal([])
    expect(createIndex([draft], { unapproved: true }).search('城墙', 'zh-CN')).to.have.length(1)
  })

  it('leaves out an entry before it begins and after it ended', () => {
    const index = createIndex([{ ...WALL, validFrom: '2026-05-01', validUntil: '2026-06-01' }])
    const found = (day: string) => index.search('城墙', 'zh-CN', 3, day).length
    expect([found('2026-04-30'), found('2026-05-01')]).to.deep.equal([0, 1])
    expect([found('2026-06-01'), found('2026-06-02')]).to.deep.equal([1, 0])
  })

  it('returns as many hits as asked for, best first', () => {
    const hits = createIndex(ALL).search('大雁塔和城墙和兵马俑', 'zh-CN', 2)
    expect(hits).to.have.length(2)
    expect(hits[0]!.score).to.be.at.least(hits[1]!.score)
  })

  it('answers with the new wording once an entry is replaced, and not at all once it is removed', () => {
    const index = createIndex(ALL)
    index.put([entry('wall', ['城墙灯会几点亮灯'], ['When are the wall lanterns lit?'])])
    expect(best(index, '灯会')?.id).to.equal('wall')
    expect(index.search('自行车', 'zh-CN').map((hit) => hit.id)).not.to.include('wall')
    index.remove(['wall'])
    expect(index.search('灯会', 'zh-CN')).to.deep.equal([])
    expect(index.size).to.equal(2)
  })

  it('scores the same after many changes as when built at once', () => {
    const changed = createIndex([WALL])
    changed.put([PAGODA, WARRIORS])
    changed.remove(['wall'])
    changed.put([WALL])
    const scores = (index: ReturnType<typeof createIndex>) =>
      index.search('大雁塔门票', 'zh-CN').map((hit) => [hit.id, hit.score.toFixed(9)])
    expect(scores(changed)).to.deep.equal(scores(createIndex(ALL)))
  })

  it('has no answer to silence, punctuation or an empty base', () => {
    expect(createIndex(ALL).search(' ?! ', 'zh-CN')).to.deep.equal([])
    expect(createIndex([]).search('城墙', 'zh-CN')).to.deep.equal([])
  })

  it('replaces one of 2,000 entries far faster than it builds them', () => {
    const chars = [...'城墙地铁门票历史博物馆雁塔钟楼鼓楼回民街小吃酒店机场高铁天气旅游']
    const text = (seed: number) =>
      Array.from({ length: 14 }, (_, i) => chars[(seed * 31 + i * i * 7) % chars.length]).join('')
    const many = Array.from({ length: 2000 }, (_, i) =>
      entry(`e${i}`, [text(i), text(i + 1)], ['x']),
    )
    const start = performance.now()
    const index = createIndex(many)
    const buildMs = performance.now() - start
    const before = performance.now()
    for (let i = 0; i < 20; i++) index.put([many[i]!])
    const putMs = (performance.now() - before) / 20
    expect(index.size).to.equal(2000)
    expect(putMs).to.be.below(buildMs / 20)
  })
})
