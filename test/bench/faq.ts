/**
 * Recall of the knowledge search on the project's own questions, beside plain BM25, and its speed as the
 * base grows. Only the tuning split was looked at while the search was worked on.
 */
import type { FaqIndex } from '../../bots/nlu/faq.ts'
import { createIndex } from '../../bots/nlu/faq.ts'
import { SCORE } from '../../bots/nlu/scoring.ts'
import { evaluation } from '../../bots/samples/hotline/evaluation/evaluation.ts'
import { sampleKnowledge, sampleSynonyms } from '../../bots/samples/hotline/index.ts'
import { grownBase } from './faq/grown-base.ts'
import type { Figures, Search } from './faq/measure-search.ts'
import { measureSearch, thresholdFor } from './faq/measure-search.ts'
import { plainBm25 } from './faq/plain-bm25.ts'

/** What the sample flows ask for before they say an answer. */
const THRESHOLD = SCORE.offer
const SIZES = [sampleKnowledge.length, 2000, 10_000]
const ROUNDS = 3

type Lang = 'zh-CN' | 'en'
type Row = Figures & { split: string; lang: Lang; search: string }

export default async function bench(): Promise<void> {
  const full = createIndex(sampleKnowledge, { synonyms: sampleSynonyms })
  const bare = createIndex(sampleKnowledge)
  const rows: Row[] = []
  for (const split of ['tuning', 'heldOut'] as const) {
    for (const lang of ['zh-CN', 'en'] as const) {
      const set = evaluation[split][lang]
      const own = measureSearch(over(full, lang), set, THRESHOLD)
      rows.push({ split, lang, search: 'ours', ...own })
      rows.push({
        ...{ split, lang, search: 'ours, no synonyms' },
        ...measureSearch(over(bare, lang), set, THRESHOLD),
      })
      const plain = plainBm25(sampleKnowledge, lang)
      const threshold = thresholdFor(plain, set, own.answered)
      rows.push({ split, lang, search: 'plain BM25', ...measureSearch(plain, set, threshold) })
    }
  }
  console.table(rows)
  const asked = (split: 'tuning' | 'heldOut') =>
    (['zh-CN', 'en'] as const)
      .map((lang) => evaluation[split][lang])
      .map(({ questions, offTopic }) => `${questions.length} + ${offTopic.length}`)
      .join(', ')
  console.log(
    `${sampleKnowledge.length} entries; questions + off-topic lines, zh and en: tuning ${asked('tuning')}; ` +
      `held out ${asked('heldOut')}. answered: first hit scores ${THRESHOLD} or more (plain BM25: as many as ours); ` +
      `precision: share of those that are right; refused: off-topic lines not answered.`,
  )
  const speed = SIZES.map(speedAt)
  console.table(speed)
  const heldOut = (lang: Lang) => {
    const row = rows.find(
      (each) => each.split === 'heldOut' && each.lang === lang && each.search === 'ours',
    )!
    const { recallAt1, recallAt3, mrr, precision, refused } = row
    return { recallAt1, recallAt3, mrr, precision, refused }
  }
  console.log(
    JSON.stringify({
      bench: 'faq',
      zh: heldOut('zh-CN'),
      en: heldOut('en'),
      microsPerQuery: Object.fromEntries(speed.map((each) => [each.entries, each.microsPerQuery])),
      msPerQuery: speed[0]!.microsPerQuery / 1000,
    }),
  )
}

const over =
  (index: FaqIndex, lang: Lang): Search =>
  (text) =>
    index.search(text, lang, 10)

function speedAt(size: number) {
  const entries = grownBase(sampleKnowledge, size)
  const building = performance.now()
  const index = createIndex(entries, { synonyms: sampleSynonyms })
  const buildMs = performance.now() - building
  const putting = performance.now()
  for (const entry of entries.slice(0, 50)) index.put([entry])
  const putMs = (performance.now() - putting) / 50
  const asked = (['zh-CN', 'en'] as const).flatMap((lang) =>
    evaluation.tuning[lang].questions.map(({ text }) => ({ text, lang })),
  )
  for (const { text, lang } of asked) index.search(text, lang, 3)
  // of the processor, not of the clock: others may be at work on the same cores
  const before = process.cpuUsage()
  for (let round = 0; round < ROUNDS; round++)
    for (const { text, lang } of asked) index.search(text, lang, 3)
  const used = process.cpuUsage(before)
  const micros = (used.user + used.system) / (ROUNDS * asked.length)
  return {
    entries: size,
    buildMs: Math.round(buildMs),
    putMs: Number(putMs.toFixed(2)),
    microsPerQuery: Math.round(micros),
  }
}
