import { z } from 'zod'
import type { SlotDefinition } from './slot.ts'

/** A picture, a recording, a file the person sends. `orText` also takes words instead. */
export const mediaSlotSchema = z.object({
  type: z.literal('media'),
  orText: z.boolean().optional(),
})

export const mediaSlot: SlotDefinition<z.infer<typeof mediaSlotSchema>> = {
  parse(slot, heard) {
    if (heard.media) return { value: { ...heard.media } }
    const text = heard.text.trim().slice(0, 4000)
    return slot.orText && text ? { value: { text } } : 'noMatch'
  },
}
