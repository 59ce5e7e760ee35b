import { z } from 'zod'
import { baseFields, outSchema, promptSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'

/** Says something and goes on. Exit: next. */
export const saySchema = z.object({
  type: z.literal('say'),
  ...baseFields,
  prompt: promptSchema,
  out: outSchema,
})

export const sayBlock = defineBlock({
  type: 'say',
  schema: saySchema,
  ports: () => ({ required: ['next'], optional: [] }),
  prompts: (block) => [['prompt', block.prompt]],
  enter(block, turn) {
    turn.say(block.prompt)
    turn.exit('next')
  },
})
