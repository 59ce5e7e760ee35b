import { z } from 'zod'
import type { SlotDefinition } from './slot.ts'

/** A position sent by the app, or a place in words. */
export const locationSlotSchema = z.object({ type: z.literal('location') })

/** Keeps {lat, lng, name?} or {name}. */
export const locationSlot: SlotDefinition<z.infer<typeof locationSlotSchema>> = {
  parse(_slot, heard) {
    if (heard.media?.location) return { value: { ...heard.media.location } }
    const name = heard.text.trim().slice(0, 200)
    return name ? { value: { name } } : 'noMatch'
  },
}
