import { z } from 'zod'
import { matchOption } from '../match.ts'
import type { SlotDefinition } from './slot.ts'
import { choiceSchema } from '../parts.ts'

/** One of a fixed list; the list is also offered as quick replies. */
export const enumSlotSchema = z.object({
  type: z.literal('enum'),
  choices: z.array(choiceSchema).min(1),
})

export const enumSlot: SlotDefinition<z.infer<typeof enumSlotSchema>> = {
  parse(slot, heard, { lang }) {
    const tapped = heard.by === 'choice' && slot.choices.find(({ id }) => id === heard.text)
    const choice = tapped || matchOption(slot.choices, heard.text, lang)
    return choice ? { value: choice.value ?? choice.id } : 'noMatch'
  },
}
