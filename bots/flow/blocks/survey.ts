import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  keySchema,
  outSchema,
  perLang,
  promptSchema,
  refSchema,
  retrySchema,
  templateSchema,
  varNameSchema,
} from '../parts.ts'

/** Asks for a score and perhaps a comment. Exits: next; noInput and noMatch (default next). */
export const surveySchema = z.object({
  type: z.literal('survey'),
  ...baseFields,
  survey: refSchema,
  prompt: promptSchema,
  scale: z
    .array(
      z.object({
        dtmf: keySchema,
        score: z.number(),
        label: perLang(templateSchema),
        say: perLang(z.array(z.string().min(1))).optional(),
      }),
    )
    .min(1),
  /** asks for words after the score; any answer, also none, goes on */
  comment: promptSchema.optional(),
  set: varNameSchema.optional(),
  setComment: varNameSchema.optional(),
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})
