import { z } from 'zod'

/** How many, how much. */
export const numberSlotSchema = z.object({
  type: z.literal('number'),
  min: z.number().optional(),
  max: z.number().optional(),
  integer: z.boolean().optional(),
})
