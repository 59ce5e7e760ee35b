import { z } from 'zod'

const byLang = z.record(z.string().max(10), z.string().max(4000))
const fields = {
  category: z.string().trim().min(1).max(64),
  question: byLang,
  variants: z.record(z.string().max(10), z.array(z.string().max(300)).max(50)),
  answer: byLang,
  source: z.string().trim().max(300),
  validFrom: z.iso.date().optional(),
  validUntil: z.iso.date().optional(),
  approved: z.boolean(),
}
export const knowledgeView = z.object({ id: z.string(), ...fields, version: z.number() })
export type KnowledgeView = z.infer<typeof knowledgeView>
export const createKnowledgeBody = z.object(fields)
/** `validFrom: null` and `validUntil: null` remove the date. */
export const updateKnowledgeBody = z
  .object({
    ...fields,
    validFrom: z.iso.date().nullable(),
    validUntil: z.iso.date().nullable(),
  })
  .partial()
  .extend({ version: z.number().int() })
export const listKnowledgeQuery = z.object({
  q: z.string().max(200).optional(),
  category: z.string().max(64).optional(),
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
export const missView = z.object({
  id: z.string(),
  text: z.string(),
  lang: z.string(),
  count: z.number(),
  lastAtMs: z.number(),
})
