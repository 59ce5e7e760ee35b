import { z } from 'zod'
import {
  baseFields,
  outSchema,
  promptSchema,
  refSchema,
  valueSchema,
  varNameSchema,
} from '../parts.ts'

/** Opens a ticket, finds one, or adds to one. Exits: next, error; notFound for lookup and append. */
export const ticketSchema = z.object({
  type: z.literal('ticket'),
  ...baseFields,
  op: z.enum(['create', 'lookup', 'append']),
  kind: refSchema,
  fields: z.record(z.string(), valueSchema),
  /** create and append store {serial, status, …}; lookup stores what was found */
  set: varNameSchema.optional(),
  wait: promptSchema.optional(),
  out: outSchema,
})
