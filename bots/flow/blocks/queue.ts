import { z } from 'zod'
import { baseFields, outSchema, pathSchema, promptSchema, refSchema } from '../parts.ts'

/**
 * Hands the conversation to people. Exits: closed, timeout, failed; after (the agent is done;
 * not connected: the flow ends).
 */
export const queueSchema = z.object({
  type: z.literal('queue'),
  ...baseFields,
  queue: refSchema,
  /** 0 ordinary … 9 emergency */
  priority: z.number().int().min(0).max(9).optional(),
  skills: z.array(refSchema).optional(),
  prompt: promptSchema.optional(),
  /** variables the agent shall see, besides those declared with `attach` */
  attach: z.array(pathSchema).optional(),
  maxWaitSeconds: z.number().int().min(1).optional(),
  /** staffed at any hour; must not depend on a schedule */
  emergency: z.boolean().optional(),
  out: outSchema,
})
