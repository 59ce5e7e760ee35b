import { expect } from 'chai'
import { createIndex } from '../../../bots/nlu/faq.ts'
import { SCORE } from '../../../bots/nlu/scoring.ts'
import { evaluation } from '../../../bots/samples/hotline/evaluation/evaluation.ts'
import { sampleKnowledge, sampleSynonyms } from '../../../bots/samples/hotline/index.ts'
import type { Figures } from '../../bench/faq/measure-search.ts'
import { measureSearch, thresholdFor } from '../../bench/faq/measure-search.ts'
import { plainBm25 } from '../../bench/faq/plain-bm25.ts'

/** About two points below what was measured: one or two questions may change places, no more. */
const FLOORS: Record<'zh-CN' | 'en', Figures> = {
  'zh-CN': { recallAt1: 0.82, recallAt3: 0.92, mrr: 0.88, answered: 0.8, precision: 0.86, refused: 0.77 }, // prettier-ignore
  en: {
    recallAt1: 0.85,
    recallAt3: 0.94,
    mrr: 0.89,
    answered: 0.92,
    precision: 0.87,
    refused: 0.73,
  },
}

describe('quality of the knowledge search, on questions nobody looked at', () => {
  const index = createIndex(sampleKnowledge, { synonyms: sampleSynonyms })

  for (const lang of ['zh-CN', 'en'] as const) {
    const set = evaluation.heldOut[lang]
    const ours = measureSearch((text) => index.search(text, lang, 10), set, SCORE.offer)

    for (const [figure, floor] of Object.entries(FLOORS[lang]))
      it(`${lang}: ${figure} does not fall below ${floor}`, () => {
        expect(ours[figure as keyof Figures]).to.be.at.least(floor)
      })

    it(`${lang}: is better than plain BM25 in every figure, answering as often`, () => {
      const plain = plainBm25(sampleKnowledge, lang)
      const theirs = measureSearch(plain, set, thresholdFor(plain, set, ours.answered))
      expect(ours.recallAt1).to.be.greaterThan(theirs.recallAt1 + 0.1)
      expect(ours.recallAt3).to.be.greaterThan(theirs.recallAt3 + 0.08)
      expect(ours.mrr).to.be.greaterThan(theirs.mrr + 0.1)
      expect(ours.precision).to.be.greaterThan(theirs.precision + 0.08)
    })
  }

  it('is measured on questions enough of each language, none of which is a tuning question', () => {
    const texts = (split: 'tuning' | 'heldOut') =>
      (['zh-CN', 'en'] as const).flatMap((lang) =>
        evaluation[split][lang].questions.map(({ text }) => text),
      )
    expect(evaluation.heldOut['zh-CN'].questions.length).to.be.at.least(180)
    expect(evaluation.heldOut.en.questions.length).to.be.at.least(120)
    expect(texts('heldOut').filter((text) => texts('tuning').includes(text))).to.deep.equal([])
    const known = new Set(sampleKnowledge.map(({ id }) => id))
    const asked = [evaluation.tuning, evaluation.heldOut].flatMap((split) =>
      Object.values(split).flatMap(({ questions }) => questions.map(({ id }) => id)),
    )
    expect(asked.filter((id) => !known.has(id))).to.deep.equal([])
  })

  it('a sight asked for its hours is not taken for the fountain beside it or for closed museums', () => {
    const first = (text: string) => index.search(text, 'zh-CN', 1)[0]!.id
    expect(first('大雁塔几点开门')).to.equal('spots-dayanta')
    expect(first('城墙几点关门')).to.equal('spots-wall')
  })
})
