import { dateSlot } from './date.ts'
import { digitsSlot } from './digits.ts'
import { enumSlot } from './enum.ts'
import { locationSlot } from './location.ts'
import { mediaSlot } from './media.ts'
import { numberSlot } from './number.ts'
import { phoneSlot } from './phone.ts'
import type { Slot, SlotOf } from './schema.ts'
import type { Heard, SlotContext, SlotDefinition, SlotResult } from './slot.ts'
import { textSlot } from './text.ts'
import { yesnoSlot } from './yesno.ts'

const definitions: { [T in Slot['type']]: SlotDefinition<SlotOf<T>> } = {
  text: textSlot,
  digits: digitsSlot,
  number: numberSlot,
  phone: phoneSlot,
  yesno: yesnoSlot,
  date: dateSlot,
  enum: enumSlot,
  media: mediaSlot,
  location: locationSlot,
}

/** Understands an answer: the value, `invalid` or `noMatch`. */
export function parseSlot(slot: Slot, heard: Heard, context: SlotContext): SlotResult {
  return (definitions[slot.type] as SlotDefinition<Slot>).parse(slot, heard, context)
}
