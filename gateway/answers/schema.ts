import { z } from 'zod'
import { lang } from '../knowledge/schema.ts'

const baseUrl = z
  .string()
  .trim()
  .max(500)
  .refine((text) => {
    if (text === '') return true
    if (!URL.canParse(text)) return false
    const { protocol, username, password, search, hash } = new URL(text)
    return /^https?:$/.test(protocol) && !username && !password && !search && !hash
  }, 'http(s) address without user, query or fragment')

const fields = {
  enabled: z.boolean(),
  onCalls: z.boolean(),
  baseUrl,
  model: z.string().trim().max(200),
  timeoutMs: z.number().int().min(300).max(20_000),
  maxChars: z.number().int().min(40).max(1000),
}
const counts = z.object({
  asked: z.number(),
  told: z.number(),
  /** by what stood in the way */
  refused: z.record(z.string(), z.number()),
})
export const answerSettingsView = z.object({
  ...fields,
  keySet: z.boolean(),
  version: z.number(),
  /** since this process started */
  counts,
})
export type AnswerSettingsView = z.infer<typeof answerSettingsView>
/** `key`: null takes it away, absent leaves it as it is. */
export const putAnswerSettingsBody = z.object({
  ...fields,
  key: z.string().min(1).max(500).nullable().optional(),
  version: z.number().int(),
})
export const tryAnswerBody = z.object({ text: z.string().trim().min(1).max(300), lang })
export const tryAnswerView = z.object({
  /** as they were sent, best first */
  passages: z.array(z.object({ id: z.string(), question: z.string(), answer: z.string(), score: z.number() })), // prettier-ignore
  /** as it was sent: numbers of persons are starred */
  asked: z.string(),
  /** what the model wrote, as it stands */
  raw: z.string().optional(),
  /** why it is not told */
  refusal: z.string().optional(),
  detail: z.string().optional(),
  /** what a caller would be told */
  told: z.string().optional(),
  by: z.enum(['model', 'stored', 'nobody']),
  ms: z.number(),
})
export type TryAnswerView = z.infer<typeof tryAnswerView>
