import { z } from 'zod'
import { baseFields, outSchema, promptSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'

/** Ends the flow; in a called flow, returns to the caller. */
export const endSchema = z.object({
  type: z.literal('end'),
  ...baseFields,
  prompt: promptSchema.optional(),
  reason: z.enum(['done', 'abandon', 'return']),
  /** exit of the calling block to take, default next */
  exit: z.string().min(1).max(40).optional(),
  /** always empty */
  out: outSchema.optional(),
})

export const endBlock = defineBlock({
  type: 'end',
  schema: endSchema,
  ports: () => ({ required: [], optional: [] }),
  prompts: (block) => [['prompt', block.prompt]],
  enter(block, turn) {
    turn.say(block.prompt, turn.state.frames.length === 1 ? { final: true } : {})
    turn.leave(block.exit ?? 'next', block.reason)
  },
})
