import { z } from 'zod'
import { matchesPattern } from '../pattern.ts'
import type { SlotDefinition } from './slot.ts'

/** A complaint told in full is about this long; the state must stay small. */
const MAX_TEXT = 4000

/** Free text; `pattern` is a regular expression of the safe kind (see pattern.ts). */
export const textSlotSchema = z.object({
  type: z.literal('text'),
  minLength: z.number().int().min(0).optional(),
  maxLength: z.number().int().min(1).optional(),
  pattern: z.string().max(200).optional(),
})

export const textSlot: SlotDefinition<z.infer<typeof textSlotSchema>> = {
  parse(slot, heard) {
    const text = heard.text.trim().slice(0, MAX_TEXT)
    if (!text) return 'noMatch'
    const length = [...text].length
    if (length < (slot.minLength ?? 1) || length > (slot.maxLength ?? MAX_TEXT)) return 'invalid'
    if (slot.pattern && !matchesPattern(slot.pattern, text)) return 'invalid'
    return { value: text }
  },
}
