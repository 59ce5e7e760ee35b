import { grams } from './chinese.ts'
import { stem } from './english.ts'
import { normalise, runsOf } from './normalise.ts'

const PIECE = 3

/**
 * Pieces an utterance is made of: Chinese characters and pairs, English stems and the
 * three-letter pieces in them (which survive typing slips). Filler words stay: 想 and want to
 * tell a wish from a question.
 */
export function featuresOf(text: string): Set<string> {
  const features = new Set<string>()
  for (const run of runsOf(normalise(text))) {
    if (run.kind === 'han') {
      const { singles, pairs } = grams(run.text)
      for (const gram of [...singles, ...pairs]) features.add(gram)
      continue
    }
    const word = `<${stem(run.text)}>`
    features.add(word)
    for (let at = 0; at + PIECE < word.length; at++) features.add(word.slice(at, at + PIECE))
  }
  return features
}
