/**
 * Knowledge search on questions kept apart: written after the entries, the synonym table and the
 * weights, in other words than the stored wordings. No ranking was tuned on them; only the scale of
 * the scores was spread once after a first run, by wordings held out of the base. One author wrote
 * both sides, so callers may do worse than these figures say.
 */
import { createIndex } from '../../bots/nlu/faq.ts'
import type { FaqIndex, IndexOptions } from '../../bots/nlu/faq.ts'
import { SCORE } from '../../bots/nlu/scoring.ts'
import { sampleKnowledge, sampleSynonyms } from '../../bots/samples/hotline/index.ts'
import en from '../../bots/samples/hotline/evaluation/en.json' with { type: 'json' }
import zh from '../../bots/samples/hotline/evaluation/zh.json' with { type: 'json' }

interface EvaluationSet {
  questions: { id: string; text: string }[]
  offTopic: string[]
}

/** What the sample flows ask for before they say an answer. */
const MIN_SCORE = SCORE.offer
const LARGE = 2000
const ROUNDS = 5

export default async function bench(): Promise<void> {
  const full = createIndex(sampleKnowledge, { synonyms: sampleSynonyms })
  const plain = createIndex(sampleKnowledge)
  const rows = [
    { search: 'zh', ...measure(full, zh, 'zh-CN') },
    { search: 'zh, no synonyms', ...measure(plain, zh, 'zh-CN') },
    { search: 'en', ...measure(full, en, 'en') },
    { search: 'en, no synonyms', ...measure(plain, en, 'en') },
  ]
  console.table(rows)
  const large = scale({ synonyms: sampleSynonyms })
  console.log(
    `${sampleKnowledge.length} entries; ${zh.questions.length} + ${en.questions.length} questions; ` +
      `answered = first hit scores ${MIN_SCORE} or more, right = share of those that are right, ` +
      `refused = off-topic lines below it`,
  )
  console.log(
    `${LARGE} entries: built in ${large.buildMs.toFixed(0)} ms, one replaced in ` +
      `${large.putMs.toFixed(2)} ms, searched in ${large.searchMs.toFixed(2)} ms`,
  )
  const msPerQuery = speed(full)
  const [zhRow, , enRow] = rows
  const recall = (row: typeof zhRow) => ({
    recallAt1: row!.recallAt1,
    recallAt3: row!.recallAt3,
  })
  console.log(JSON.stringify({ bench: 'faq', zh: recall(zhRow), en: recall(enRow), msPerQuery }))
}

function measure(index: FaqIndex, set: EvaluationSet, lang: string) {
  const results = set.questions.map(({ id, text }) => {
    const hits = index.search(text, lang, 3)
    return { rank: hits.findIndex((hit) => hit.id === id), score: hits[0]?.score ?? 0 }
  })
  const answered = results.filter(({ score }) => score >= MIN_SCORE)
  const refused = set.offTopic.filter(
    (text) => (index.search(text, lang, 1)[0]?.score ?? 0) < MIN_SCORE,
  )
  return {
    recallAt1: share(results.filter(({ rank }) => rank === 0).length, results.length),
    recallAt3: share(results.filter(({ rank }) => rank >= 0).length, results.length),
    answered: share(answered.length, results.length),
    right: share(answered.filter(({ rank }) => rank === 0).length, answered.length),
    refused: share(refused.length, set.offTopic.length),
  }
}

const share = (part: number, whole: number) => Math.round((1000 * part) / whole) / 1000

function speed(index: FaqIndex): number {
  const all = [
    ...zh.questions.map(({ text }) => ({ text, lang: 'zh-CN' })),
    ...en.questions.map(({ text }) => ({ text, lang: 'en' })),
  ]
  const started = performance.now()
  for (let round = 0; round < ROUNDS; round++)
    for (const { text, lang } of all) index.search(text, lang, 3)
  return Number(((performance.now() - started) / (ROUNDS * all.length)).toFixed(3))
}

/** The sample base copied under other ids until it is large. */
function scale(options: IndexOptions) {
  const entries = Array.from({ length: LARGE }, (_, i) => {
    const entry = sampleKnowledge[i % sampleKnowledge.length]!
    return { ...entry, id: `${entry.id}-${i}` }
  })
  const started = performance.now()
  const index = createIndex(entries, options)
  const buildMs = performance.now() - started
  const putting = performance.now()
  for (const entry of entries.slice(0, 50)) index.put([entry])
  const putMs = (performance.now() - putting) / 50
  const searching = performance.now()
  for (const { text } of zh.questions) index.search(text, 'zh-CN', 3)
  return { buildMs, putMs, searchMs: (performance.now() - searching) / zh.questions.length }
}
