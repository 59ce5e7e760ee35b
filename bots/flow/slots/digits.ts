import { z } from 'zod'

/** A row of digits kept as text: ticket serials, order numbers. */
export const digitsSlotSchema = z.object({
  type: z.literal('digits'),
  minLength: z.number().int().min(1).optional(),
  maxLength: z.number().int().min(1).optional(),
})
