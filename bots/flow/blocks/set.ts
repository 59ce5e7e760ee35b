import { z } from 'zod'
import { baseFields, outSchema, valueSchema, varNameSchema } from '../parts.ts'

/** Stores values. Exit: next. */
export const setSchema = z.object({
  type: z.literal('set'),
  ...baseFields,
  assign: z.array(z.object({ var: varNameSchema, value: valueSchema })),
  out: outSchema,
})
