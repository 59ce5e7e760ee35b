import { z } from 'zod'
import { baseFields, outSchema, pathSchema, promptSchema, refSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { handoffOf } from '../handoff.ts'

/**
 * Hands the conversation to people. Exits: closed, timeout, failed; after (the agent is done;
 * not connected: the flow ends), returned (the agent gave it back) and
 * cancelled (the person gave up waiting; these two not connected: the main menu).
 */
export const queueSchema = z.object({
  type: z.literal('queue'),
  ...baseFields,
  queue: refSchema,
  /** 0 most urgent … 9 least; default: the queue's own */
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

export const queueBlock = defineBlock({
  type: 'queue',
  schema: queueSchema,
  waits: 'agent',
  ports: () => ({
    required: ['closed', 'timeout', 'failed'],
    optional: ['after', 'returned', 'cancelled'],
  }),
  prompts: (block) => [['prompt', block.prompt]],
  enter(block, turn) {
    turn.say(block.prompt)
    turn.queue(handoffOf(block, turn))
  },
})
