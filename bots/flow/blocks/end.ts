import { z } from 'zod'
import { baseFields, outSchema, promptSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { promptField } from './described-fields.ts'

/** Ends the flow; in a called flow, returns to the caller. */
export const endSchema = z.object({
  type: z.literal('end'),
  ...baseFields,
  prompt: promptSchema.optional(),
  reason: z.enum(['done', 'abandon', 'return']),
  /** exit of the calling block to take, default next */
  exit: z.string().min(1).max(40).optional(),
  /** always empty */
  out: outSchema.optional(),
})

export const endBlock = defineBlock({
  type: 'end',
  schema: endSchema,
  description: {
    name: { zh: '结束', en: 'End' },
    help: {
      zh: '结束对话;在子流程里是回到调用它的地方。',
      en: 'Ends the flow; in a sub-flow, returns to the caller.',
    },
    group: 'flow',
    initial: { reason: 'done' },
    fields: [
      promptField({ zh: '结束前说', en: 'Said before' }),
      {
        path: 'reason',
        kind: 'select',
        options: [
          { value: 'done', label: { zh: '办完了', en: 'Done' } },
          { value: 'abandon', label: { zh: '没有办成', en: 'Given up' } },
          { value: 'return', label: { zh: '回到上一个流程', en: 'Return to the caller' } },
        ],
        label: { zh: '怎样结束', en: 'How it ends' },
        required: true,
      },
      {
        path: 'exit',
        kind: 'text',
        label: { zh: '回去后走的出口', en: 'Exit to take there' },
        help: {
          zh: '只用于子流程;留空走“继续”。',
          en: 'For sub-flows; left empty: “Next”.',
        },
        advanced: true,
      },
    ],
    exits: {},
    channels: {
      voice: { works: 'yes', does: { zh: '说完就挂机。', en: 'Says the words and hangs up.' } },
      written: {
        works: 'yes',
        does: {
          zh: '发完就结束会话;对方再来会重新开始。',
          en: 'Sends the words and closes; whoever writes again starts anew.',
        },
      },
    },
  },
  ports: () => ({ required: [], optional: [] }),
  prompts: (block) => [['prompt', block.prompt]],
  enter(block, turn) {
    turn.say(block.prompt, turn.state.frames.length === 1 ? { final: true } : {})
    turn.leave(block.exit ?? 'next', block.reason)
  },
})
