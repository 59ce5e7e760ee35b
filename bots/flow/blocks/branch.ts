import { z } from 'zod'
import { baseFields, conditionSchema, outSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { sameEverywhere } from './described-channels.ts'

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
  description: {
    name: { zh: '判断', en: 'Branch' },
    help: {
      zh: '从上到下看条件,走第一个成立的。',
      en: 'Takes the first case whose condition holds.',
    },
    group: 'decide',
    initial: { cases: [{ id: 'case1', when: { all: [] } }] },
    fields: [{ path: 'cases', kind: 'cases', label: { zh: '情况', en: 'Cases' }, required: true }],
    exits: { else: { zh: '其他情况', en: 'Otherwise' } },
    channels: sameEverywhere,
  },
  ports: (block) => ({ required: [...block.cases.map(({ id }) => id), 'else'], optional: [] }),
  enter(block, turn) {
    const match = block.cases.find(({ when }) => turn.holds(when))
    turn.exit(match?.id ?? 'else', 'else')
  },
})
