import { z } from 'zod'
import { baseFields, outSchema, promptSchema } from '../parts.ts'

/** Ends the flow; in a called flow, returns to the caller. */
export const endSchema = z.object({
  type: z.literal('end'),
  ...baseFields,
  prompt: promptSchema.optional(),
  reason: z.enum(['done', 'abandon', 'return']),
  /** exit of the calling block to take, default next */
  exit: z.string().min(1).max(40).optional(),
  /** always empty */
  out: outSchema.optional(),
})
