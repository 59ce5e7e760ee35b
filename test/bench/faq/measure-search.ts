import type { EvaluationSet } from '../../../bots/samples/hotline/evaluation/evaluation.ts'

/** Best first. */
export type Search = (text: string) => { id: string; score: number }[]

export interface Figures {
  recallAt1: number
  recallAt3: number
  /** mean of 1/rank of the right entry among the first ten, 0 where it is not among them */
  mrr: number
  /** questions that get an answer at the threshold */
  answered: number
  /** of those, answered with the right entry */
  precision: number
  /** questions of no matter of ours that get none */
  refused: number
}

export function measureSearch(search: Search, set: EvaluationSet, threshold: number): Figures {
  const results = set.questions.map(({ id, text }) => {
    const hits = search(text)
    return { rank: hits.findIndex((hit) => hit.id === id), score: hits[0]?.score ?? 0 }
  })
  const count = results.length
  const answered = results.filter(({ score }) => score >= threshold)
  const refused = set.offTopic.filter((text) => (search(text)[0]?.score ?? 0) < threshold)
  const within = (top: number) => results.filter(({ rank }) => rank >= 0 && rank < top).length
  return {
    recallAt1: share(within(1), count),
    recallAt3: share(within(3), count),
    mrr: share(
      results.reduce((sum, { rank }) => sum + (rank < 0 ? 0 : 1 / (rank + 1)), 0),
      count,
    ),
    answered: share(answered.length, count),
    precision: share(answered.filter(({ rank }) => rank === 0).length, answered.length),
    refused: share(refused.length, set.offTopic.length),
  }
}

/**
 * The threshold at which `search` answers as large a share of the questions as `answered`: so that two
 * searches with scores of different kinds are compared where both answer as often.
 */
export function thresholdFor(search: Search, set: EvaluationSet, answered: number): number {
  const scores = set.questions.map(({ text }) => search(text)[0]?.score ?? 0).sort((a, b) => b - a)
  return scores[Math.min(scores.length - 1, Math.max(0, Math.round(answered * scores.length) - 1))]!
}

const share = (part: number, whole: number) =>
  whole ? Math.round((1000 * part) / whole) / 1000 : 0
