import { z } from 'zod'
import { dayAt, daysBetween, isoDay } from './calendar.ts'
import { findDay } from './date-words.ts'
import type { SlotDefinition } from './slot.ts'

/** A day, kept as `YYYY-MM-DD`. `future`: today or later only; `past`: today or earlier only. */
export const dateSlotSchema = z.object({
  type: z.literal('date'),
  future: z.boolean().optional(),
  past: z.boolean().optional(),
})

export const dateSlot: SlotDefinition<z.infer<typeof dateSlotSchema>> = {
  parse(slot, heard, { nowMs, timezone }) {
    const today = dayAt(nowMs, timezone)
    const lean = slot.future ? 'future' : slot.past ? 'past' : 'nearest'
    const day = findDay(heard.text, today, lean)
    if (!day) return 'noMatch'
    const distance = daysBetween(today, day)
    if ((slot.future && distance < 0) || (slot.past && distance > 0)) return 'invalid'
    return { value: isoDay(day) }
  },
}
