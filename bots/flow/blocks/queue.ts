import { z } from 'zod'
import { baseFields, outSchema, pathSchema, promptSchema, refSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { handoffOf } from '../handoff.ts'
import { UNCHOSEN } from '../description.ts'
import { attachField, exitNames, priorityField, promptField } from './described-fields.ts'
import { waitsForPeople } from './described-channels.ts'

/**
 * Hands the conversation to people. Exits: closed, timeout, failed; after (the agent is done;
 * not connected: the flow ends), returned (the agent gave it back) and
 * cancelled (the person gave up waiting; these two not connected: the main menu).
 */
export const queueSchema = z.object({
  type: z.literal('queue'),
  ...baseFields,
  queue: refSchema,
  /** 0 most urgent … 9 least; default: the queue's own */
  priority: z.number().int().min(0).max(9).optional(),
  skills: z.array(refSchema).optional(),
  prompt: promptSchema.optional(),
  /** variables the agent shall see, besides those declared with `attach` */
  attach: z.array(pathSchema).optional(),
  maxWaitSeconds: z.number().int().min(1).optional(),
  /** staffed at any hour; must not depend on a schedule */
  emergency: z.boolean().optional(),
  out: outSchema,
})

export const queueBlock = defineBlock({
  type: 'queue',
  schema: queueSchema,
  description: {
    name: { zh: '转人工', en: 'To a person' },
    help: { zh: '排队,交给客服接待。', en: 'Hands the conversation to people.' },
    group: 'people',
    initial: { queue: UNCHOSEN },
    fields: [
      {
        path: 'queue',
        kind: 'reference',
        to: 'queue',
        label: { zh: '队列', en: 'Queue' },
        required: true,
      },
      promptField({ zh: '转接前说', en: 'Said before' }),
      {
        path: 'skills',
        kind: 'reference',
        to: 'skill',
        many: true,
        label: { zh: '需要的技能', en: 'Skills needed' },
      },
      priorityField,
      attachField,
      {
        path: 'maxWaitSeconds',
        kind: 'number',
        min: 1,
        unit: { zh: '秒', en: 's' },
        label: { zh: '最多等待', en: 'Wait at most' },
        help: { zh: '留空用队列的设置。', en: 'Left empty: as the queue says.' },
        advanced: true,
      },
      {
        path: 'emergency',
        kind: 'switch',
        label: { zh: '紧急求助', en: 'Emergency' },
        help: {
          zh: '全天有人接,不受工作时间限制。',
          en: 'Staffed at any hour; opening hours do not count.',
        },
        advanced: true,
      },
    ],
    exits: {
      closed: exitNames.closed,
      timeout: exitNames.timeout,
      failed: { zh: '转接失败', en: 'Failed' },
      after: exitNames.after,
      returned: exitNames.returned,
      cancelled: exitNames.cancelled,
    },
    channels: waitsForPeople,
  },
  waits: 'agent',
  ports: () => ({
    required: ['closed', 'timeout', 'failed'],
    optional: ['after', 'returned', 'cancelled'],
  }),
  prompts: (block) => [['prompt', block.prompt]],
  enter(block, turn) {
    turn.say(block.prompt)
    turn.queue(handoffOf(block, turn))
  },
})
