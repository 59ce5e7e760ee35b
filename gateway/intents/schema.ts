import { z } from 'zod'
import { lang } from '../knowledge/schema.ts'

const name = z.object({
  zh: z.string().trim().min(1).max(64),
  en: z.string().trim().min(1).max(64),
})
/** as flows name it */
const key = z.string().regex(/^[A-Za-z][\w.-]{0,39}$/)
const texts = (max: number) =>
  z.record(lang, z.array(z.string().trim().min(1).max(300)).max(max)).default({})

export const intentSchema = z.object({
  id: key,
  name,
  examples: texts(300),
  keywords: texts(50),
})
const intents = z
  .array(intentSchema)
  .max(60)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'an id comes twice')

/** What a flow may refer to, and the names of its intents. */
export const intentSetView = z.object({
  id: z.string(),
  name,
  intents: z.array(z.object({ id: z.string(), name, examples: z.number() })),
  version: z.number(),
  /** the trained version callers meet */
  live: z.number().optional(),
  /** the draft says something else than the live version */
  changed: z.boolean(),
  updatedAtMs: z.number(),
})
export type IntentSetView = z.infer<typeof intentSetView>
export const intentSetDetail = intentSetView.extend({ intents })
export type IntentSetDetail = z.infer<typeof intentSetDetail>
export type IntentView = z.infer<typeof intentSchema>

export const createIntentSetBody = z.object({ id: key, name })
export const updateIntentSetBody = z
  .object({ name, intents })
  .partial()
  .extend({ version: z.number().int() })
export const addExamplesBody = z.object({
  intent: z.string().max(40),
  lang,
  texts: z.array(z.string().trim().min(1).max(300)).min(1).max(50),
})
export const trainBody = z.object({ note: z.string().trim().max(300).default('') })
export const rollbackBody = z.object({ number: z.number().int() })
export const tryBody = z.object({ text: z.string().trim().min(1).max(300), lang })
export const intentScoreView = z.object({ intent: z.string(), name, score: z.number() })

export const evaluationView = z.object({
  asked: z.number(),
  first: z.number(),
  amongThree: z.number(),
  byIntent: z.array(z.object({ intent: z.string(), asked: z.number(), first: z.number() })),
  confusions: z.array(
    z.object({ intent: z.string(), takenFor: z.string(), texts: z.array(z.string()) }),
  ),
  /** pairs taken for each other too often: join them, or give them examples that differ */
  alike: z.array(z.object({ one: z.string(), other: z.string(), count: z.number() })),
  /** intents with too few examples in a language that others have */
  thin: z.array(z.object({ intent: z.string(), lang: z.string(), examples: z.number() })),
})
export type EvaluationView = z.infer<typeof evaluationView>

export const intentVersionView = z.object({
  number: z.number(),
  atMs: z.number(),
  by: z.string(),
  note: z.string(),
  live: z.boolean(),
  examples: z.number(),
  figures: z.object({ asked: z.number(), first: z.number(), amongThree: z.number() }),
})
export type IntentVersionView = z.infer<typeof intentVersionView>

export const unsortedView = z.object({
  id: z.string(),
  text: z.string(),
  lang: z.string(),
  count: z.number(),
  lastAtMs: z.number(),
  likeliest: z.string().optional(),
})
export type UnsortedView = z.infer<typeof unsortedView>
export const dismissUnsortedBody = z.object({ ids: z.array(z.string().max(64)).min(1).max(500) })
