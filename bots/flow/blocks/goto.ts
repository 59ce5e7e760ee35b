import { z } from 'zod'
import { baseFields, refSchema, outSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { handOver } from '../breakdown.ts'
import { newFrame } from '../frame.ts'

/** Leaves for another flow and does not come back. Variables of the same name go along. */
export const gotoSchema = z.object({
  type: z.literal('goto'),
  ...baseFields,
  flow: refSchema,
  /** always empty */
  out: outSchema.optional(),
})

export const gotoBlock = defineBlock({
  type: 'goto',
  schema: gotoSchema,
  ports: () => ({ required: [], optional: [] }),
  enter(block, turn) {
    const target = turn.context.flow(block.flow, 'live')
    if (!target) return handOver(turn, 'fail')
    turn.track('exit', { port: 'goto' })
    turn.state.frames = [newFrame(target, turn.frame.vars)]
  },
})
