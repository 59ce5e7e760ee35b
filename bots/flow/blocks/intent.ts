import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  outSchema,
  perLang,
  promptSchema,
  refSchema,
  retrySchema,
  templateSchema,
  varNameSchema,
} from '../parts.ts'

/** Sorts what was said into intents. Exits: one per entry id, noMatch, noInput. */
export const intentSchema = z.object({
  type: z.literal('intent'),
  ...baseFields,
  prompt: promptSchema.optional(),
  /** take what was said last (`lastText`) instead of asking, if there is any */
  first: z.boolean().optional(),
  classifier: refSchema,
  /** below this nothing is believed */
  minScore: z.number().min(0).max(1),
  /** between minScore and this the best three are offered, if there is an `offer` prompt */
  sureScore: z.number().min(0).max(1).optional(),
  /** `您是想问:{{offers}}?`; offers reads “1 门票,2 天气” */
  offer: promptSchema.optional(),
  intents: z.array(
    z.object({
      id: z.string().regex(/^[A-Za-z0-9_][\w-]{0,39}$/),
      intent: z.string().min(1),
      label: perLang(templateSchema).optional(),
    }),
  ),
  /** stores the text that was sorted */
  set: varNameSchema.optional(),
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})
