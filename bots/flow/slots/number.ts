import { z } from 'zod'
import { numbersIn } from '../numerals.ts'
import type { SlotDefinition } from './slot.ts'

/** How many, how much. */
export const numberSlotSchema = z.object({
  type: z.literal('number'),
  min: z.number().optional(),
  max: z.number().optional(),
  integer: z.boolean().optional(),
})

export const numberSlot: SlotDefinition<z.infer<typeof numberSlotSchema>> = {
  parse(slot, heard) {
    // a telephone has no point: 150*50
    const text = heard.by === 'dtmf' ? heard.text.replace(/^(\d+)\*(\d+)$/, '$1.$2') : heard.text
    const [value, ...others] = numbersIn(text)
    if (value === undefined) return 'noMatch'
    // "3 adults and 2 children": taking the first would be a silent mistake
    if (others.some((other) => other !== value)) return 'noMatch'
    if (value < (slot.min ?? -Infinity) || value > (slot.max ?? Infinity)) return 'invalid'
    if (slot.integer && !Number.isInteger(value)) return 'invalid'
    return Number.isFinite(value) ? { value } : 'invalid'
  },
}
