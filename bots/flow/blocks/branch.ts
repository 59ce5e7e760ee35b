import { z } from 'zod'
import { baseFields, conditionSchema, outSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'

/** Takes the first case that holds. Exits: one per case id, else. */
export const branchSchema = z.object({
  type: z.literal('branch'),
  ...baseFields,
  cases: z.array(z.object({ id: z.string().min(1).max(40), when: conditionSchema })),
  out: outSchema,
})

export const branchBlock = defineBlock({
  type: 'branch',
  schema: branchSchema,
  ports: (block) => ({ required: [...block.cases.map(({ id }) => id), 'else'], optional: [] }),
  enter(block, turn) {
    const match = block.cases.find(({ when }) => turn.holds(when))
    turn.exit(match?.id ?? 'else', 'else')
  },
})
