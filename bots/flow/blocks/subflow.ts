import { z } from 'zod'
import {
  baseFields,
  outSchema,
  pathSchema,
  refSchema,
  valueSchema,
  varNameSchema,
} from '../parts.ts'
import { defineBlock } from '../block.ts'
import { newFrame } from '../frame.ts'

/** Flows within flows: enough for any real tree, small enough to keep the state small. */
const MAX_DEPTH = 10

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

export const subflowBlock = defineBlock({
  type: 'subflow',
  schema: subflowSchema,
  // ends of the called flow may name more exits; the validator knows them
  ports: () => ({ required: ['next', 'error'], optional: [] }),
  enter(block, turn) {
    const target = turn.context.flow(block.flow, block.version ?? 'live')
    const tooDeep = turn.state.frames.length >= MAX_DEPTH
    if (!target || tooDeep) {
      turn.track('fail', { data: { code: tooDeep ? 'TOO_DEEP' : 'NO_FLOW', flow: block.flow } })
      turn.exit('error')
      return
    }
    turn.state.frames.push(newFrame(target, turn.values(block.args)))
  },
})
