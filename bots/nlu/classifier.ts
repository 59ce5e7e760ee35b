import type { Lang } from './entry.ts'
import { featuresOf } from './features.ts'
import { normalise } from './normalise.ts'
import { trainSoftmax, trainSoftmaxInSlices } from './softmax.ts'
import type { Pause, Softmax } from './softmax.ts'

export interface IntentExample {
  intent: string
  lang: Lang
  text: string
}

export interface IntentScore {
  intent: string
  /** 1 the exact example, 0.9 a keyword inside the text, below that a probability */
  score: number
}

export interface ClassifierOptions {
  /** Words that decide by themselves wherever they stand: intent → language → words. */
  keywords?: Record<string, Record<Lang, string[]>>
}

export interface Classifier {
  /** All intents known in the language, most likely first. */
  classify(text: string, lang: Lang): IntentScore[]
}

const KEYWORD_SCORE = 0.9
// On wording it has never seen the model is right three times in four, so it never claims more
// than a keyword does.
const MODEL_CEILING = 0.89

const family = (lang: Lang) => lang.toLowerCase().split('-')[0]!
const padded = (text: string) => ` ${normalise(text)} `
const HAN = /\p{Script=Han}/u

interface Model {
  exact: Map<string, string>
  keywords: { word: string; intent: string }[]
  softmax: Softmax
}

/**
 * Sorts what was said into intents. Keywords come first, since staff can read and mend them;
 * a logistic regression over character pieces ranks the rest. Trained once, deterministic.
 */
export function createClassifier(
  examples: IntentExample[],
  options: ClassifierOptions = {},
): Classifier {
  const models = new Map<string, Model>()
  for (const [lang, own] of byFamily(examples))
    models.set(lang, modelOf(own, lang, trainSoftmax(samplesOf(own)), options))
  return classifierOf(models)
}

/** The same classifier, trained in slices: calls and messages go on meanwhile. */
export async function trainClassifier(
  examples: IntentExample[],
  options: ClassifierOptions,
  pause: Pause,
): Promise<Classifier> {
  const models = new Map<string, Model>()
  for (const [lang, own] of byFamily(examples)) {
    const softmax = await trainSoftmaxInSlices(samplesOf(own), pause)
    models.set(lang, modelOf(own, lang, softmax, options))
  }
  return classifierOf(models)
}

function byFamily(examples: IntentExample[]): Map<string, IntentExample[]> {
  const groups = new Map<string, IntentExample[]>()
  for (const example of examples) {
    const lang = family(example.lang)
    const group = groups.get(lang) ?? []
    groups.set(lang, group)
    group.push(example)
  }
  return groups
}

const samplesOf = (own: IntentExample[]) =>
  own.map(({ text, intent }) => ({ features: featuresOf(text), label: intent }))

const modelOf = (
  own: IntentExample[],
  lang: string,
  softmax: Softmax,
  { keywords = {} }: ClassifierOptions,
): Model => ({
  exact: new Map(own.map((example) => [padded(example.text), example.intent])),
  keywords: keywordsOf(keywords, lang),
  softmax,
})

function classifierOf(models: Map<string, Model>): Classifier {
  function classify(text: string, lang: Lang): IntentScore[] {
    const model = models.get(family(lang))
    const asked = padded(text)
    if (!model || !asked.trim()) return []
    const scores = new Map(
      [...model.softmax(featuresOf(text))].map(([intent, p]) => [intent, p * MODEL_CEILING]),
    )
    const keyword = model.keywords.find(({ word }) => asked.includes(word))
    if (keyword) scores.set(keyword.intent, KEYWORD_SCORE)
    const exact = model.exact.get(asked)
    if (exact !== undefined) scores.set(exact, 1)
    return [...scores]
      .map(([intent, score]) => ({ intent, score }))
      .sort((a, b) => b.score - a.score || (a.intent < b.intent ? -1 : 1))
  }

  return { classify }
}

/** Longest first, so that 退票 in 退票投诉 loses to 退票投诉 if that is listed too. */
function keywordsOf(keywords: Record<string, Record<Lang, string[]>>, lang: string) {
  return Object.entries(keywords)
    .flatMap(([intent, byLang]) =>
      Object.entries(byLang)
        .filter(([tag]) => family(tag) === lang)
        .flatMap(([, words]) =>
          words.map((word) => ({ intent, word: HAN.test(word) ? normalise(word) : padded(word) })),
        ),
    )
    .sort((a, b) => b.word.length - a.word.length)
}
