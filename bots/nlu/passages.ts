import type { KnowledgeEntry, Lang } from './entry.ts'
import {
  ANSWER_WEIGHT,
  KEYWORD_WEIGHT,
  QUESTION_WEIGHT,
  closeness,
  combine,
  idf,
  saturation,
} from './scoring.ts'
import type { Synonyms } from './synonyms.ts'
import { createSlips } from './slips.ts'
import { termsOf } from './terms.ts'
import type { Terms } from './terms.ts'

interface Passage {
  frequencies: Map<string, number>
  length: number
  wordings: { text: string; terms: Terms }[]
}

export interface Found {
  id: string
  score: number
  question: string
}

/** All entries of one language, as an inverted index that can change entry by entry. */
export interface Passages {
  add(entry: KnowledgeEntry, lang: Lang): void
  remove(id: string): void
  search(query: Terms, top: number, accept: (id: string) => boolean): Found[]
}

/** Only so many of the best-covered entries are compared wording by wording. */
const COMPARED = 30
/** A word one slip away from the only word it can be. */
const SLIP_WEIGHT = 0.8

export function createPassages(synonyms: Synonyms): Passages {
  const passages = new Map<string, Passage>()
  const postings = new Map<string, Map<string, number>>()
  const mentions = new Map<string, number>()
  const slips = createSlips((term) => postings.has(term))
  /** worked out on demand, forgotten with every change */
  const weights = new Map<string, number>()
  let totalLength = 0

  function add(entry: KnowledgeEntry, lang: Lang): void {
    weights.clear()
    const frequencies = new Map<string, number>()
    const count = (terms: Terms, weight: number) => {
      for (const term of terms.keys()) {
        frequencies.set(term, (frequencies.get(term) ?? 0) + weight)
      }
    }
    const wordings = [entry.question[lang] ?? '', ...(entry.variants?.[lang] ?? [])]
      .filter((text) => text)
      .map((text) => ({ text, terms: termsOf(text, synonyms) }))
    for (const { terms } of wordings) count(terms, QUESTION_WEIGHT)
    for (const word of entry.keywords ?? []) count(termsOf(word, synonyms), KEYWORD_WEIGHT)
    count(termsOf(entry.answer[lang] ?? '', synonyms), ANSWER_WEIGHT)
    let length = 0
    for (const [term, frequency] of frequencies) {
      length += frequency
      if (!postings.has(term)) slips.add(term)
      const holders = postings.get(term) ?? new Map<string, number>()
      holders.set(entry.id, frequency)
      mentions.set(term, (mentions.get(term) ?? 0) + Math.min(1, frequency))
      postings.set(term, holders)
    }
    totalLength += length
    passages.set(entry.id, { frequencies, length, wordings })
  }

  function remove(id: string): void {
    const passage = passages.get(id)
    if (!passage) return
    weights.clear()
    passages.delete(id)
    totalLength -= passage.length
    for (const [term, frequency] of passage.frequencies) {
      const holders = postings.get(term)
      holders?.delete(id)
      mentions.set(term, (mentions.get(term) ?? 0) - Math.min(1, frequency))
      if (holders?.size !== 0) continue
      postings.delete(term)
      mentions.delete(term)
    }
  }

  /**
   * How telling a term is. A mention in an answer counts little here too, or the names that many
   * answers drop (兵马俑, 钟楼) would lose their weight in the questions about them.
   */
  function weigh(term: string): number {
    let weight = weights.get(term)
    if (weight === undefined) {
      weight = idf(mentions.get(term) ?? 0, passages.size)
      weights.set(term, weight)
    }
    return weight
  }

  /** A typing slip in a long Latin word is read as the nearest known word, if there is one. */
  function withoutSlips(query: Terms): Terms {
    const out: Terms = new Map()
    for (const [term, weight] of query) {
      const meant = postings.has(term) ? undefined : slips.nearest(term)
      out.set(meant ?? term, meant ? weight * SLIP_WEIGHT : weight)
    }
    return out
  }

  function search(asked: Terms, top: number, accept: (id: string) => boolean): Found[] {
    const query = withoutSlips(asked)
    const average = totalLength / (passages.size || 1)
    const covered = new Map<string, number>()
    let whole = 0
    for (const [term, weight] of query) {
      const value = weight * weigh(term)
      whole += value
      for (const [id, frequency] of postings.get(term) ?? []) {
        const part = value * saturation(frequency, passages.get(id)!.length, average)
        covered.set(id, (covered.get(id) ?? 0) + part)
      }
    }
    return highest(covered, Math.max(COMPARED, top), accept)
      .map(([id, sum]) => {
        const close = passages.get(id)!.wordings.map(({ text, terms }) => ({
          question: text,
          close: closeness(query, terms, weigh),
        }))
        const nearestWording = close.reduce((a, b) => (b.close > a.close ? b : a))
        const score = combine(sum / whole, nearestWording.close)
        return { id, score, question: nearestWording.question }
      })
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, top)
  }

  return { add, remove, search }
}

/** The best of a long list without sorting all of it: it is as long as the base for a common word. */
function highest(
  sums: Map<string, number>,
  count: number,
  accept: (id: string) => boolean,
): [string, number][] {
  const best: [string, number][] = []
  let least = -1
  for (const [id, sum] of sums) {
    if ((best.length >= count && sum <= least) || !accept(id)) continue
    best.push([id, sum])
    if (best.length < 4 * count) continue
    best.sort((a, b) => b[1] - a[1])
    best.length = count
    least = best.at(-1)![1]
  }
  return best.sort((a, b) => b[1] - a[1]).slice(0, count)
}
