import { z } from 'zod'
import { baseFields, outSchema, refSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { UNCHOSEN } from '../description.ts'
import { sameEverywhere } from './described-channels.ts'

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
  description: {
    name: { zh: '工作时间', en: 'Hours' },
    help: {
      zh: '看现在是上班、下班还是节假日。',
      en: 'Asks a schedule whether it is open, closed or a holiday.',
    },
    group: 'decide',
    initial: { schedule: UNCHOSEN },
    fields: [
      {
        path: 'schedule',
        kind: 'reference',
        to: 'schedule',
        label: { zh: '时间表', en: 'Schedule' },
        required: true,
      },
    ],
    exits: {
      open: { zh: '上班时间', en: 'Open' },
      closed: { zh: '下班时间', en: 'Closed' },
      holiday: { zh: '节假日', en: 'Holiday' },
    },
    channels: sameEverywhere,
  },
  ports: () => ({ required: ['open', 'closed'], optional: ['holiday'] }),
  enter(block, turn) {
    const now = turn.context.hours(block.schedule, turn.context.nowMs)
    if (!now) turn.track('fail', { data: { code: 'NO_SCHEDULE', schedule: block.schedule } })
    turn.exit(now ?? 'closed', 'closed')
  },
})
