import { contentPieces, grams } from './chinese.ts'
import { STOP_WORDS, stem } from './english.ts'
import { normalise, runsOf } from './normalise.ts'
import type { Synonyms } from './synonyms.ts'

/** What a piece of text is about: term → weight. */
export type Terms = Map<string, number>

// Set once on wordings held out of the knowledge base itself, never on the evaluation questions.
const SINGLE = 0.25
const PAIR = 1
const WORD = 1
const WORD_PAIR = 0.5
const GROUP = 2

/** Turns text of any mix of languages into weighted terms. A repeated term counts once. */
export function termsOf(text: string, synonyms: Synonyms): Terms {
  const terms: Terms = new Map()
  const add = (term: string, weight: number) => {
    terms.set(term, Math.max(weight, terms.get(term) ?? 0))
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
        continue
      }
      for (const piece of contentPieces(part)) {
        const { singles, pairs } = grams(piece)
        for (const single of singles) add(single, SINGLE)
        for (const pair of pairs) add(pair, PAIR)
      }
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
      at += phrase.length
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
