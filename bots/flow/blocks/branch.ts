import { z } from 'zod'
import { baseFields, conditionSchema, outSchema } from '../parts.ts'

/** Takes the first case that holds. Exits: one per case id, else. */
export const branchSchema = z.object({
  type: z.literal('branch'),
  ...baseFields,
  cases: z.array(z.object({ id: z.string().min(1).max(40), when: conditionSchema })),
  out: outSchema,
})
