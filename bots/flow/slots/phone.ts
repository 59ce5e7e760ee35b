import { z } from 'zod'

/** `CN` (default): mobile or landline. `intl`: also any number with + and country code. */
export const phoneSlotSchema = z.object({
  type: z.literal('phone'),
  country: z.enum(['CN', 'intl']).optional(),
})
