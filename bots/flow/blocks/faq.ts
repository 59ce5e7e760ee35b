import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  outSchema,
  promptSchema,
  refSchema,
  retrySchema,
  varNameSchema,
} from '../parts.ts'

/** Answers one question from a knowledge base. Exits: answered, noMatch, noInput. */
export const faqSchema = z.object({
  type: z.literal('faq'),
  ...baseFields,
  /** asked before listening; without it the block listens silently */
  prompt: promptSchema.optional(),
  /** take what was said last (`lastText`) instead of asking, if there is any */
  first: z.boolean().optional(),
  knowledgeBase: refSchema,
  minScore: z.number().min(0),
  top: z.number().int().min(1).max(10).optional(),
  /** stores the whole answer {id, question, answer, score} */
  set: varNameSchema.optional(),
  /** false: only store the answer, the flow says it */
  sayAnswer: z.boolean().optional(),
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})
