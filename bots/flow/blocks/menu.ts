import { z } from 'zod'
import {
  baseFields,
  choiceSchema,
  inputSchema,
  outSchema,
  promptSchema,
  retrySchema,
  varNameSchema,
} from '../parts.ts'

/** Offers choices. Exits: one per choice id, noMatch, noInput, other (any text that is no choice). */
export const menuSchema = z.object({
  type: z.literal('menu'),
  ...baseFields,
  prompt: promptSchema,
  choices: z.array(choiceSchema).min(1),
  retry: retrySchema.optional(),
  /** read back when speech was unsure (`input.confirmBelow`); `{{heard}}` is the choice's label */
  confirm: promptSchema.optional(),
  input: inputSchema.optional(),
  set: varNameSchema.optional(),
  out: outSchema,
})
