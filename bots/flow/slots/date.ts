import { z } from 'zod'

/** A day, kept as `YYYY-MM-DD`. `future`: today or later only; `past`: today or earlier only. */
export const dateSlotSchema = z.object({
  type: z.literal('date'),
  future: z.boolean().optional(),
  past: z.boolean().optional(),
})
