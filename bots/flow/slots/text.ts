import { z } from 'zod'

/** Free text; `pattern` is a regular expression of the safe kind (see pattern.ts). */
export const textSlotSchema = z.object({
  type: z.literal('text'),
  minLength: z.number().int().min(0).optional(),
  maxLength: z.number().int().min(1).optional(),
  pattern: z.string().max(200).optional(),
})
