import { z } from 'zod'
import { textSlotSchema } from './text.ts'
import { digitsSlotSchema } from './digits.ts'
import { numberSlotSchema } from './number.ts'
import { phoneSlotSchema } from './phone.ts'
import { yesnoSlotSchema } from './yesno.ts'
import { dateSlotSchema } from './date.ts'
import { enumSlotSchema } from './enum.ts'
import { mediaSlotSchema } from './media.ts'
import { locationSlotSchema } from './location.ts'

/** What an ask block wants to hear. */
export const slotSchema = z.discriminatedUnion('type', [
  textSlotSchema,
  digitsSlotSchema,
  numberSlotSchema,
  phoneSlotSchema,
  yesnoSlotSchema,
  dateSlotSchema,
  enumSlotSchema,
  mediaSlotSchema,
  locationSlotSchema,
])
export type Slot = z.infer<typeof slotSchema>
export type SlotOf<T extends Slot['type']> = Extract<Slot, { type: T }>
