import { z } from 'zod'
import { baseFields, outSchema, promptSchema } from '../parts.ts'

/** Says something and goes on. Exit: next. */
export const saySchema = z.object({
  type: z.literal('say'),
  ...baseFields,
  prompt: promptSchema,
  out: outSchema,
})
