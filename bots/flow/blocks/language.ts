import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  keySchema,
  langSchema,
  outSchema,
  promptSchema,
  retrySchema,
} from '../parts.ts'

/**
 * Lets the person choose the language. Exits: next; noMatch and noInput (default next, in the
 * language of the moment); other: somebody typed a question instead of a language, which also
 * shows the language by its script.
 */
export const languageSchema = z.object({
  type: z.literal('language'),
  ...baseFields,
  prompt: promptSchema,
  choices: z
    .array(
      z.object({
        lang: langSchema,
        dtmf: keySchema.optional(),
        /** as its speakers write it: 中文, English, 日本語 */
        label: z.string().min(1),
        say: z.array(z.string().min(1)).optional(),
      }),
    )
    .min(1),
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})
