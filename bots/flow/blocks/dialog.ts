import { z } from 'zod'
import { baseFields, outSchema, refSchema, valueSchema, varNameSchema } from '../parts.ts'

/** Runs a dialog written by programmers until it returns a result. Exits: next, error. */
export const dialogSchema = z.object({
  type: z.literal('dialog'),
  ...baseFields,
  dialog: refSchema,
  args: z.record(z.string(), valueSchema).optional(),
  set: varNameSchema.optional(),
  out: outSchema,
})
