import { z } from 'zod'
import { baseFields, outSchema, valueSchema, varNameSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'

/** Stores values. Exit: next. */
export const setSchema = z.object({
  type: z.literal('set'),
  ...baseFields,
  assign: z.array(z.object({ var: varNameSchema, value: valueSchema })),
  out: outSchema,
})

export const setBlock = defineBlock({
  type: 'set',
  schema: setSchema,
  ports: () => ({ required: ['next'], optional: [] }),
  enter(block, turn) {
    // in order: a later line may use an earlier one
    for (const { var: name, value } of block.assign) turn.set(name, turn.value(value))
    turn.exit('next')
  },
})
