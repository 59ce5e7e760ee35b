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
  id: string
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
  /** by slot: sums over thousands of entries are kept in an array, which is several times faster than by id */
  const passages: (Passage | undefined)[] = []
  const slots = new Map<string, number>()
  const free: number[] = []
  const postings = new Map<string, Map<number, number>>()
  let sums = new Float64Array(64)
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
    const slot = free.pop() ?? passages.length
    slots.set(entry.id, slot)
    if (slot >= sums.length) sums = new Float64Array(2 * sums.length)
    let length = 0
    for (const [term, frequency] of frequencies) {
      length += frequency
      if (!postings.has(term)) slips.add(term)
      const holders = postings.get(term) ?? new Map<number, number>()
      holders.set(slot, frequency)
      mentions.set(term, (mentions.get(term) ?? 0) + Math.min(1, frequency))
      postings.set(term, holders)
    }
    totalLength += length
    passages[slot] = { id: entry.id, frequencies, length, wordings }
  }

  function remove(id: string): void {
    const slot = slots.get(id)
    const passage = slot === undefined ? undefined : passages[slot]
    if (slot === undefined || !passage) return
    weights.clear()
    slots.delete(id)
    passages[slot] = undefined
    free.push(slot)
    totalLength -= passage.length
    for (const [term, frequency] of passage.frequencies) {
      const holders = postings.get(term)
      holders?.delete(slot)
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
      weight = idf(mentions.get(term) ?? 0, slots.size)
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
    const average = totalLength / (slots.size || 1)
    const touched: number[] = []
    let whole = 0
    for (const [term, weight] of query) {
      const value = weight * weigh(term)
      whole += value
      for (const [slot, frequency] of postings.get(term) ?? []) {
        // every part is above 0, so a sum of 0 was not touched yet
        if (sums[slot] === 0) touched.push(slot)
        sums[slot]! += value * saturation(frequency, passages[slot]!.length, average)
      }
    }
    const best = highest(touched, sums, Math.max(COMPARED, top), (slot) =>
      accept(passages[slot]!.id),
    )
    const found = best.map((slot) => {
      const { id, wordings } = passages[slot]!
      const close = wordings.map(({ text, terms }) => ({
        question: text,
        close: closeness(query, terms, weigh),
      }))
      const nearestWording = close.reduce((a, b) => (b.close > a.close ? b : a))
      const score = combine(sums[slot]! / whole, nearestWording.close)
      return { id, score, question: nearestWording.question }
    })
    for (const slot of touched) sums[slot] = 0
    return found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, top)
  }

  return { add, remove, search }
}

/** The best of a long list without sorting all of it: it is as long as the base for a common word. */
function highest(
  slots: readonly number[],
  sums: Float64Array,
  count: number,
  accept: (slot: number) => boolean,
): number[] {
  const best: number[] = []
  const byLess = (a: number, b: number) => sums[b]! - sums[a]!
  let least = -1
  for (const slot of slots) {
    if ((best.length >= count && sums[slot]! <= least) || !accept(slot)) continue
    best.push(slot)
    if (best.length < 4 * count) continue
    best.sort(byLess)
    best.length = count
    least = sums[best.at(-1)!]!
  }
  return best.sort(byLess).slice(0, count)
}
