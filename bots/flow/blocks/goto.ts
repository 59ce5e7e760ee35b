import { z } from 'zod'
import { baseFields, refSchema, outSchema } from '../parts.ts'

/** Leaves for another flow and does not come back. Variables of the same name go along. */
export const gotoSchema = z.object({
  type: z.literal('goto'),
  ...baseFields,
  flow: refSchema,
  /** always empty */
  out: outSchema.optional(),
})
