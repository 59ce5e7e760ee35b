/** What an evaluation tells the people who keep the intents. */
import type { ClassifierOptions, IntentExample } from '../../bots/nlu/classifier.ts'
import type { Validation } from '../../bots/nlu/cross-validate.ts'
import type { Intent } from './model.ts'
import type { EvaluationView } from './schema.ts'

/** Fewer in a language teach little: with 8 of each, three of four unseen sentences were right. */
const ENOUGH = 5
/** Of the examples of both, in either direction. */
const ALIKE_SHARE = 0.15
const ALIKE_LEAST = 2

export const examplesOf = (intents: readonly Intent[]): IntentExample[] =>
  intents.flatMap(({ id, examples }) =>
    Object.entries(examples).flatMap(([lang, texts]) =>
      texts.map((text) => ({ intent: id, lang, text })),
    ),
  )

export const keywordsOf = (intents: readonly Intent[]): ClassifierOptions => ({
  keywords: Object.fromEntries(intents.map(({ id, keywords }) => [id, keywords])),
})

export function evaluation(intents: readonly Intent[], validation: Validation): EvaluationView {
  return { ...validation, alike: alike(validation), thin: thin(intents) }
}

function alike({ confusions, byIntent }: Validation): EvaluationView['alike'] {
  const asked = new Map(byIntent.map(({ intent, asked: count }) => [intent, count]))
  const pairs = new Map<string, { one: string; other: string; count: number }>()
  for (const { intent, takenFor, texts } of confusions) {
    const [one, other] = [intent, takenFor].sort() as [string, string]
    const pair = pairs.get(`${one}\n${other}`) ?? { one, other, count: 0 }
    pairs.set(`${one}\n${other}`, pair)
    pair.count += texts.length
  }
  return [...pairs.values()]
    .filter(({ one, other, count }) => {
      const both = (asked.get(one) ?? 0) + (asked.get(other) ?? 0)
      return count >= ALIKE_LEAST && count >= ALIKE_SHARE * both
    })
    .sort((a, b) => b.count - a.count)
}

function thin(intents: readonly Intent[]): EvaluationView['thin'] {
  const langs = new Set(
    intents.flatMap(({ examples }) =>
      Object.entries(examples).flatMap(([lang, texts]) => (texts.length ? [lang] : [])),
    ),
  )
  return intents.flatMap(({ id, examples }) =>
    [...langs].flatMap((lang) => {
      const count = examples[lang]?.length ?? 0
      return count < ENOUGH ? [{ intent: id, lang, examples: count }] : []
    }),
  )
}
