import { z } from 'zod'
import { baseFields, outSchema, refSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'

/** Asks a schedule. Exits: open, closed, holiday (default closed). */
export const hoursSchema = z.object({
  type: z.literal('hours'),
  ...baseFields,
  schedule: refSchema,
  out: outSchema,
})

export const hoursBlock = defineBlock({
  type: 'hours',
  schema: hoursSchema,
  ports: () => ({ required: ['open', 'closed'], optional: ['holiday'] }),
  enter(block, turn) {
    const now = turn.context.hours(block.schedule, turn.context.nowMs)
    if (!now) turn.track('fail', { data: { code: 'NO_SCHEDULE', schedule: block.schedule } })
    turn.exit(now ?? 'closed', 'closed')
  },
})
