import type { ClassifierOptions, IntentExample } from './classifier.ts'
import { trainClassifier } from './classifier.ts'
import { normalise } from './normalise.ts'
import type { Pause } from './softmax.ts'

export interface Confusion {
  intent: string
  takenFor: string
  /** the examples that were taken for the other */
  texts: string[]
}

export interface Validation {
  /** examples asked */
  asked: number
  first: number
  amongThree: number
  byIntent: { intent: string; asked: number; first: number }[]
  /** most frequent first */
  confusions: Confusion[]
}

const FOLDS = 5

/**
 * How well unseen wording would be sorted: each fifth of the examples is held out, the rest is learned, the
 * fifth is asked. Deterministic: the n-th example of an intent belongs to fold n mod 5.
 */
export async function crossValidate(
  examples: IntentExample[],
  options: ClassifierOptions,
  pause: Pause,
): Promise<Validation> {
  const places = new Map<string, number>()
  const folds = examples.map(({ intent, lang }) => {
    const key = `${lang}\n${intent}`
    const place = places.get(key) ?? 0
    places.set(key, place + 1)
    return place % FOLDS
  })
  const results: { example: IntentExample; ranked: string[] }[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = examples.filter((_, index) => folds[index] === fold)
    if (held.length === 0) continue
    const asked = new Set(held.map(({ text }) => normalise(text)))
    const rest = examples.filter(
      ({ text }, index) => folds[index] !== fold && !asked.has(normalise(text)),
    )
    const classifier = await trainClassifier(rest, options, pause)
    for (const example of held) {
      const ranked = classifier.classify(example.text, example.lang).map(({ intent }) => intent)
      results.push({ example, ranked })
    }
  }
  return summary(results)
}

function summary(results: { example: IntentExample; ranked: string[] }[]): Validation {
  const byIntent = new Map<string, { asked: number; first: number }>()
  const confusions = new Map<string, Confusion>()
  let first = 0
  let amongThree = 0
  for (const { example, ranked } of results) {
    const { intent, text } = example
    const own = byIntent.get(intent) ?? { asked: 0, first: 0 }
    byIntent.set(intent, own)
    own.asked++
    if (ranked.slice(0, 3).includes(intent)) amongThree++
    const takenFor = ranked[0]
    if (takenFor === intent) {
      first++
      own.first++
    } else if (takenFor !== undefined) {
      const key = `${intent}\n${takenFor}`
      const confusion = confusions.get(key) ?? { intent, takenFor, texts: [] }
      confusions.set(key, confusion)
      confusion.texts.push(text)
    }
  }
  return {
    asked: results.length,
    first,
    amongThree,
    byIntent: [...byIntent].map(([intent, counts]) => ({ intent, ...counts })),
    confusions: [...confusions.values()].sort((a, b) => b.texts.length - a.texts.length),
  }
}
