import { z } from 'zod'
import {
  baseFields,
  outSchema,
  pathSchema,
  refSchema,
  valueSchema,
  varNameSchema,
} from '../parts.ts'

/** Calls another flow and comes back. Exits: next, error, and any `exit` named by its end blocks. */
export const subflowSchema = z.object({
  type: z.literal('subflow'),
  ...baseFields,
  flow: refSchema,
  /** default: the version that is live when the block is entered */
  version: z.union([z.number().int().min(1), z.literal('live')]).optional(),
  /** variable of the called flow → value */
  args: z.record(varNameSchema, valueSchema).optional(),
  /** variable of this flow → path in the called flow */
  results: z.record(varNameSchema, pathSchema).optional(),
  out: outSchema,
})
