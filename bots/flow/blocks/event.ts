import { z } from 'zod'
import { baseFields, outSchema, refSchema, valueSchema } from '../parts.ts'

/** Leaves a mark for reports. Exit: next. */
export const eventSchema = z.object({
  type: z.literal('event'),
  ...baseFields,
  name: refSchema,
  data: z.record(z.string(), valueSchema).optional(),
  out: outSchema,
})
