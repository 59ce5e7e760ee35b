import { z } from 'zod'
import { spokenDigits } from '../numerals.ts'
import type { SlotDefinition } from './slot.ts'

/** A row of digits kept as text: ticket serials, order numbers. */
export const digitsSlotSchema = z.object({
  type: z.literal('digits'),
  minLength: z.number().int().min(1).optional(),
  maxLength: z.number().int().min(1).optional(),
})

export const digitsSlot: SlotDefinition<z.infer<typeof digitsSlotSchema>> = {
  parse(slot, heard) {
    const digits = spokenDigits(heard.text.slice(0, 200)).replace(/\D/g, '')
    if (!digits) return 'noMatch'
    if (digits.length < (slot.minLength ?? 1) || digits.length > (slot.maxLength ?? 40))
      return 'invalid'
    return { value: digits }
  },
}
