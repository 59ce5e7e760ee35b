/**
 * What one gets without any of our own doing: BM25 (k1 1.2, b 0.75) over question, variants, answer and
 * keywords, Chinese as overlapping pairs of characters, other words in lower case, as minisearch does with
 * such a tokenizer. No synonyms, no fillers cut, no repair, no closeness.
 */
import type { KnowledgeEntry } from '../../../bots/nlu/entry.ts'
import type { Search } from './measure-search.ts'

const K1 = 1.2
const B = 0.75

function tokens(text: string): string[] {
  return [...text.toLowerCase().matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)].flatMap(([run]) => {
    if (!/\p{Script=Han}/u.test(run)) return [run]
    const chars = [...run]
    return chars.length === 1 ? chars : chars.slice(1).map((char, i) => chars[i]! + char)
  })
}

export function plainBm25(entries: KnowledgeEntry[], lang: string): Search {
  const postings = new Map<string, Map<number, number>>()
  const lengths = entries.map((entry, at) => {
    const { question, variants, answer, keywords } = entry
    const words = tokens(
      [question[lang], ...(variants?.[lang] ?? []), answer[lang], ...(keywords ?? [])].join('\n'),
    )
    for (const word of words) {
      const holders = postings.get(word) ?? new Map<number, number>()
      postings.set(word, holders)
      holders.set(at, (holders.get(at) ?? 0) + 1)
    }
    return words.length
  })
  const average = lengths.reduce((sum, length) => sum + length, 0) / (lengths.length || 1)
  return (text) => {
    const scores = new Map<number, number>()
    for (const word of new Set(tokens(text))) {
      const holders = postings.get(word)
      if (!holders) continue
      const idf = Math.log(1 + (entries.length - holders.size + 0.5) / (holders.size + 0.5))
      for (const [at, frequency] of holders) {
        const norm = K1 * (1 - B + (B * lengths[at]!) / average)
        const part = (idf * frequency * (K1 + 1)) / (frequency + norm)
        scores.set(at, (scores.get(at) ?? 0) + part)
      }
    }
    return [...scores]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 10)
      .map(([at, score]) => ({ id: entries[at]!.id, score }))
  }
}
