import { z } from 'zod'
import { baseFields, outSchema, refSchema } from '../parts.ts'

/** Asks a schedule. Exits: open, closed, holiday (default closed). */
export const hoursSchema = z.object({
  type: z.literal('hours'),
  ...baseFields,
  schedule: refSchema,
  out: outSchema,
})
