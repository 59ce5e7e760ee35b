import { z } from 'zod'
import { choiceSchema } from '../parts.ts'

/** One of a fixed list; the list is also offered as quick replies. */
export const enumSlotSchema = z.object({
  type: z.literal('enum'),
  choices: z.array(choiceSchema).min(1),
})
