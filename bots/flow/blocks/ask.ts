import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  outSchema,
  promptSchema,
  retrySchema,
  varNameSchema,
} from '../parts.ts'
import { slotSchema } from '../slots/schema.ts'

/** Asks one question and stores the answer. Exits: next, noMatch, noInput. */
export const askSchema = z.object({
  type: z.literal('ask'),
  ...baseFields,
  prompt: promptSchema,
  slot: slotSchema,
  set: varNameSchema,
  retry: retrySchema.optional(),
  /** read the answer back and ask whether it is right; may name the variable being set */
  confirm: promptSchema.optional(),
  /** do not ask what is already known */
  skipIfSet: z.boolean().optional(),
  input: inputSchema.optional(),
  out: outSchema,
})
