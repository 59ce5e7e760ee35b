import { z } from 'zod'
import { baseFields, outSchema, promptSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { exitNames, promptField } from './described-fields.ts'

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
  description: {
    name: { zh: '播报', en: 'Say' },
    help: { zh: '说一段话,然后继续。', en: 'Says something and goes on.' },
    group: 'talk',
    initial: { prompt: {} },
    fields: [promptField({ zh: '说什么', en: 'What is said' }, { required: true })],
    exits: { next: exitNames.next },
    channels: {
      voice: {
        works: 'yes',
        does: {
          zh: '播放录音,没有录音就朗读文字;网址、表情和卡片不念。',
          en: 'Plays the recording, or reads the text; addresses, emoji and cards are not spoken.',
        },
      },
      written: {
        works: 'yes',
        does: { zh: '发送文字和卡片。', en: 'Sends the text and its cards.' },
      },
      sms: {
        works: 'yes',
        does: {
          zh: '发送文字,卡片变成文字和网址。',
          en: 'Sends the text; cards become words and addresses.',
        },
      },
      email: {
        works: 'yes',
        does: {
          zh: '写进邮件,卡片变成文字和网址。',
          en: 'Goes into the mail; cards become words and addresses.',
        },
      },
    },
  },
  ports: () => ({ required: ['next'], optional: [] }),
  prompts: (block) => [['prompt', block.prompt]],
  enter(block, turn) {
    turn.say(block.prompt)
    turn.exit('next')
  },
})
