import { z } from 'zod'

/** A picture, a recording, a file the person sends. `orText` also takes words instead. */
export const mediaSlotSchema = z.object({
  type: z.literal('media'),
  orText: z.boolean().optional(),
})
