import { z } from 'zod'
import { baseFields, outSchema, refSchema, valueSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { exitNames } from './described-fields.ts'
import { sameEverywhere } from './described-channels.ts'

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
  description: {
    name: { zh: '埋点', en: 'Event' },
    help: { zh: '记一笔,供报表统计。', en: 'Leaves a mark for reports.' },
    group: 'act',
    initial: { name: 'event' },
    fields: [
      {
        path: 'name',
        kind: 'text',
        label: { zh: '名称', en: 'Name' },
        help: { zh: '报表按它统计。', en: 'Reports count by it.' },
        required: true,
      },
      {
        path: 'data',
        kind: 'values',
        names: 'free',
        label: { zh: '一起记下的值', en: 'Values noted with it' },
      },
    ],
    exits: { next: exitNames.next },
    channels: sameEverywhere,
  },
  ports: () => ({ required: ['next'], optional: [] }),
  enter(block, turn) {
    turn.track(`custom:${block.name}`, { data: turn.values(block.data) })
    turn.exit('next')
  },
})
