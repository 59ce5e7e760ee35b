import { z } from 'zod'
import { baseFields, refSchema, outSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { handOver } from '../breakdown.ts'
import { newFrame } from '../frame.ts'
import { UNCHOSEN } from '../description.ts'
import { sameEverywhere } from './described-channels.ts'

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
  description: {
    name: { zh: '转到流程', en: 'Go to flow' },
    help: {
      zh: '离开这里,进入另一个流程,不再回来;同名变量带过去。',
      en: 'Leaves for another flow for good; variables of the same name go along.',
    },
    group: 'flow',
    initial: { flow: UNCHOSEN },
    fields: [
      {
        path: 'flow',
        kind: 'reference',
        to: 'flow',
        label: { zh: '流程', en: 'Flow' },
        required: true,
      },
    ],
    exits: {},
    channels: sameEverywhere,
  },
  ports: () => ({ required: [], optional: [] }),
  enter(block, turn) {
    const target = turn.context.flow(block.flow, 'live')
    if (!target) return handOver(turn, 'fail')
    turn.track('exit', { port: 'goto' })
    turn.state.frames = [newFrame(target, turn.frame.vars)]
  },
})
