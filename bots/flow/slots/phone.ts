import { z } from 'zod'
import { spokenDigits } from '../numerals.ts'
import type { SlotDefinition } from './slot.ts'

/** `CN` (default): mobile or landline. `intl`: also any number with + and country code. */
export const phoneSlotSchema = z.object({
  type: z.literal('phone'),
  country: z.enum(['CN', 'intl']).optional(),
})

/** people put a 0 before a mobile number of another city, as exchanges once wanted it */
const CN_MOBILE = /^(?:\+?86|0086|0)?(1[3-9]\d{9})$/
/** area code 010, 02x or 03xx to 09xx, then 7 or 8 digits */
const CN_LANDLINE = /^(?:\+?86|0086)?(0(?:10|2\d|[3-9]\d{2})\d{7,8})$/
const CN_SERVICE = /^([48]00\d{7})$/
/** E.164: at most 15 digits */
const INTERNATIONAL = /^(?:\+|00)([1-9]\d{6,14})$/

/** Chinese numbers as dialled at home, others as +…; what is only part of a number is `invalid`. */
export const phoneSlot: SlotDefinition<z.infer<typeof phoneSlotSchema>> = {
  parse(slot, heard) {
    const number = spokenDigits(heard.text.slice(0, 200)).replace(/[^\d+]/g, '')
    if (!/\d/.test(number)) return 'noMatch'
    const chinese = CN_MOBILE.exec(number) ?? CN_LANDLINE.exec(number) ?? CN_SERVICE.exec(number)
    if (chinese) return { value: chinese[1] }
    const foreign = slot.country === 'intl' ? INTERNATIONAL.exec(number) : null
    if (foreign && !foreign[1]?.startsWith('86')) return { value: `+${foreign[1]}` }
    return number.length >= 3 ? 'invalid' : 'noMatch'
  },
}
