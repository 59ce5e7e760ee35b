import { z } from 'zod'
import {
  baseFields,
  outSchema,
  promptSchema,
  refSchema,
  valueSchema,
  varNameSchema,
} from '../parts.ts'

/** Asks a named data source. Exits: next, empty (nothing found; default next), error. */
export const querySchema = z.object({
  type: z.literal('query'),
  ...baseFields,
  source: refSchema,
  params: z.record(z.string(), valueSchema).optional(),
  set: varNameSchema,
  /** said before the data source is asked */
  wait: promptSchema.optional(),
  timeoutMs: z.number().int().min(100).max(60_000).optional(),
  cacheSeconds: z.number().int().min(0).optional(),
  out: outSchema,
})
