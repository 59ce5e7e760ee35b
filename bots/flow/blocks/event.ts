import { z } from 'zod'
import { baseFields, outSchema, refSchema, valueSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'

/** Leaves a mark for reports. Exit: next. */
export const eventSchema = z.object({
  type: z.literal('event'),
  ...baseFields,
  name: refSchema,
  data: z.record(z.string(), valueSchema).optional(),
  out: outSchema,
})

export const eventBlock = defineBlock({
  type: 'event',
  schema: eventSchema,
  ports: () => ({ required: ['next'], optional: [] }),
  enter(block, turn) {
    turn.track(`custom:${block.name}`, { data: turn.values(block.data) })
    turn.exit('next')
  },
})
