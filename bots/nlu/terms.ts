import { contentPieces, grams } from './chinese.ts'
import { STOP_WORDS, stem } from './english.ts'
import { normalise, runsOf } from './normalise.ts'
import type { Synonyms } from './synonyms.ts'

/** What a piece of text is about: term → weight. */
export type Terms = Map<string, number>

// Set on the tuning questions and on wordings held out of the knowledge base itself, never on the
// held-out questions (bots/samples/hotline/evaluation).
const SINGLE = 0.25
const PAIR = 1
const WORD = 1
const WORD_PAIR = 0.5
const GROUP = 1.5
/**
 * Words of a synonym group keep this share of their own weight beside the group's: 门票 and 票价 mean the
 * same, and still the entry that says 门票 is nearer to a question that says 门票.
 */
const OWN = 0.4

/** Turns text of any mix of languages into weighted terms. A repeated term counts once. */
export function termsOf(text: string, synonyms: Synonyms): Terms {
  const terms: Terms = new Map()
  const add = (term: string, weight: number) => {
    terms.set(term, Math.max(weight, terms.get(term) ?? 0))
  }
  const addGrams = (piece: string, share: number) => {
    const { singles, pairs } = grams(piece)
    for (const single of singles) add(single, SINGLE * share)
    for (const pair of pairs) add(pair, PAIR * share)
  }
  const words: string[] = []
  for (const run of runsOf(normalise(text))) {
    if (run.kind === 'word') {
      words.push(run.text)
      continue
    }
    flushWords(words, synonyms, add)
    for (const part of synonyms.cutHan(run.text)) {
      if (typeof part !== 'string') {
        add(part.group, GROUP)
        addGrams(part.text, OWN)
        continue
      }
      for (const piece of contentPieces(part)) addGrams(piece, 1)
    }
  }
  flushWords(words, synonyms, add)
  return terms
}

function flushWords(
  words: string[],
  synonyms: Synonyms,
  add: (term: string, weight: number) => void,
): void {
  const stems = words.map(stem)
  let previous: string | undefined
  for (let at = 0; at < words.length;) {
    const phrase = synonyms.phraseAt(stems, at)
    if (phrase) {
      add(phrase.group, GROUP)
      for (const end = at + phrase.length; at < end; at++)
        if (!STOP_WORDS.has(words[at]!)) add(stems[at]!, WORD * OWN)
      previous = undefined
      continue
    }
    if (!STOP_WORDS.has(words[at]!)) {
      const word = stems[at]!
      add(word, WORD)
      if (previous) add(`${previous} ${word}`, WORD_PAIR)
      previous = word
    }
    at++
  }
  words.length = 0
}
