import { z } from 'zod'

/** BCP 47, as far as languages of a hotline need it: `zh-CN`, `en`, `yue`. */
export const lang = z.string().regex(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/)
const byLang = z.record(lang, z.string().trim().max(4000))
const MAX_IDS = 500
const note = z.string().trim().max(300)

/** A word of a synonym group or a keyword. */
const word = z.string().trim().min(1).max(60)

const fields = {
  category: z.string().trim().max(64),
  question: byLang,
  variants: z.record(lang, z.array(z.string().trim().max(300)).max(50)),
  answer: byLang,
  keywords: z.array(word).max(50),
  source: z.string().trim().max(300),
  validFrom: z.iso.date().optional(),
  validUntil: z.iso.date().optional(),
  approved: z.boolean(),
}
const optional = {
  keywords: fields.keywords.optional(),
  /** why it is approved by somebody of the same role as whoever wrote it */
  note: note.optional(),
}
const editor = z.object({ id: z.string(), name: z.string(), role: z.string() })

export const knowledgeView = z.object({
  id: z.string(),
  ...fields,
  /** waits for approval; callers are told this until then */
  live: z.object({ question: byLang, answer: byLang }).optional(),
  approval: z.object({ by: editor, atMs: z.number(), note: z.string().optional() }).optional(),
  changedBy: editor.optional(),
  updatedAtMs: z.number(),
  version: z.number(),
})
export type KnowledgeView = z.infer<typeof knowledgeView>

export const createKnowledgeBody = z.object({ ...fields, ...optional })
/** `validFrom: null` and `validUntil: null` remove the date. */
export const updateKnowledgeBody = z
  .object({
    ...fields,
    validFrom: z.iso.date().nullable(),
    validUntil: z.iso.date().nullable(),
    note,
  })
  .partial()
  .extend({ version: z.number().int() })

export const entryStates = ['approved', 'draft', 'waiting', 'expired', 'removed'] as const
export const listKnowledgeQuery = z.object({
  q: z.string().max(200).optional(),
  category: z.string().max(64).optional(),
  /** draft: never approved; waiting: changed since it was approved; expired: its last day is over */
  state: z.enum(entryStates).optional(),
  limit: z.coerce.number().int().min(1).max(2000).default(1000),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
})
export const searchKnowledgeQuery = z.object({
  q: z.string().min(1).max(300),
  lang: z.string().max(10).default('zh-CN'),
})
export const knowledgeHitView = z.object({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  score: z.number(),
})

const ids = z.array(z.string().max(64)).min(1).max(MAX_IDS)
export const bulkKnowledgeBody = z.discriminatedUnion('do', [
  z.object({ do: z.literal('approve'), ids, note: note.optional() }),
  z.object({ do: z.literal('withdraw'), ids, note: note.optional() }),
  z.object({ do: z.literal('remove'), ids }),
  z.object({ do: z.literal('category'), ids, category: fields.category }),
  z.object({ do: z.literal('source'), ids, source: fields.source }),
  z.object({
    do: z.literal('validity'),
    ids,
    validFrom: z.iso.date().nullable().optional(),
    validUntil: z.iso.date().nullable().optional(),
  }),
])

export const changeView = z.object({
  version: z.number(),
  atMs: z.number(),
  by: editor,
  did: z.string(),
  note: z.string().optional(),
  before: z.object(fields).partial().optional(),
})
export type ChangeView = z.infer<typeof changeView>
export const undoBody = z.object({ version: z.number().int() })

export const alikeBody = z.object({
  question: byLang,
  variants: fields.variants.default({}),
  not: z.string().max(64).optional(),
})
/** An entry that answers the same question, and the wordings that show it. */
export const alikeView = z.object({
  id: z.string(),
  question: z.string(),
  asked: z.string(),
  lang: z.string(),
  /** 1: word for word */
  score: z.number(),
})
export type AlikeView = z.infer<typeof alikeView>

export const missView = z.object({
  id: z.string(),
  text: z.string(),
  lang: z.string(),
  count: z.number(),
  lastAtMs: z.number(),
  /** the same question in other words, most asked first; the first is `text` */
  wordings: z.array(z.object({ id: z.string(), text: z.string(), count: z.number() })),
  /** the entry that came closest */
  nearest: knowledgeHitView.omit({ answer: true }).optional(),
})
export type MissView = z.infer<typeof missView>
export const missIdsBody = z.object({ ids })
export const addVariantsBody = z.object({
  lang,
  texts: z.array(z.string().trim().min(1).max(300)).min(1).max(50),
})

const name = z.object({
  zh: z.string().trim().min(1).max(64),
  en: z.string().trim().min(1).max(64),
})
export const categoryView = z.object({
  id: z.string(),
  name,
  order: z.number(),
  entries: z.number(),
  version: z.number(),
})
export type CategoryView = z.infer<typeof categoryView>
export const createCategoryBody = z.object({ name })
export const updateCategoryBody = z
  .object({ name, order: z.number().int().min(0).max(10_000) })
  .partial()
  .extend({ version: z.number().int() })

export const synonymsView = z.object({
  id: z.string(),
  words: z.array(z.string()),
  version: z.number(),
})
export type SynonymsView = z.infer<typeof synonymsView>
/** One word alone means nothing else. */
export const createSynonymsBody = z.object({ words: z.array(word).min(2).max(60) })
export const updateSynonymsBody = createSynonymsBody.extend({ version: z.number().int() })
