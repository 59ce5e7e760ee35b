import { z } from 'zod'
import { baseFields, outSchema, valueSchema, varNameSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { exitNames } from './described-fields.ts'
import { sameEverywhere } from './described-channels.ts'

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
  description: {
    name: { zh: '赋值', en: 'Set' },
    help: { zh: '把值存进变量,后面可以用。', en: 'Stores values in variables for later.' },
    group: 'act',
    initial: { assign: [] },
    fields: [
      {
        path: 'assign',
        kind: 'assignments',
        label: { zh: '要存的值', en: 'Values to store' },
        help: { zh: '从上到下执行。', en: 'Carried out from top to bottom.' },
        required: true,
      },
    ],
    exits: { next: exitNames.next },
    channels: sameEverywhere,
  },
  ports: () => ({ required: ['next'], optional: [] }),
  enter(block, turn) {
    // in order: a later line may use an earlier one
    for (const { var: name, value } of block.assign) turn.set(name, turn.value(value))
    turn.exit('next')
  },
})
