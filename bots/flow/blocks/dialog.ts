import { z } from 'zod'
import { baseFields, outSchema, refSchema, valueSchema, varNameSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { fail } from './fail.ts'
import { UNCHOSEN } from '../description.ts'
import { exitNames, setField } from './described-fields.ts'

/** Runs a dialog written by programmers until it returns a result. Exits: next, error. */
export const dialogSchema = z.object({
  type: z.literal('dialog'),
  ...baseFields,
  dialog: refSchema,
  args: z.record(z.string(), valueSchema).optional(),
  set: varNameSchema.optional(),
  out: outSchema,
})

export const dialogBlock = defineBlock({
  type: 'dialog',
  schema: dialogSchema,
  description: {
    name: { zh: '程序对话', en: 'Coded dialog' },
    help: {
      zh: '运行程序员写好的对话,拿到结果后继续。',
      en: 'Runs a dialog written by programmers until it returns a result.',
    },
    group: 'flow',
    initial: { dialog: UNCHOSEN },
    fields: [
      {
        path: 'dialog',
        kind: 'reference',
        to: 'dialog',
        label: { zh: '对话', en: 'Dialog' },
        required: true,
      },
      {
        path: 'args',
        kind: 'values',
        names: 'parameters',
        label: { zh: '带过去的值', en: 'Values handed over' },
      },
      setField({ zh: '结果存到变量', en: 'Store the result in' }),
    ],
    exits: { next: exitNames.next, error: exitNames.error },
    channels: {
      voice: {
        works: 'yes',
        does: {
          zh: '朗读对话说的话,听按键或说话。',
          en: 'Speaks what the dialog says and listens.',
        },
      },
      written: {
        works: 'yes',
        does: {
          zh: '发送对话说的话,等对方回复。',
          en: 'Sends what the dialog says and waits for answers.',
        },
      },
    },
  },
  waits: 'service',
  ports: () => ({ required: ['next', 'error'], optional: [] }),
  enter(block, turn) {
    turn.call({ kind: 'dialog', dialog: block.dialog, args: turn.values(block.args) })
  },
  result(block, result, turn) {
    if (!result.ok) return fail(result, turn)
    const answer = dialogAnswerSchema.safeParse(result.value)
    if (!answer.success) {
      turn.track('fail', { data: { code: 'BAD_DIALOG_RESULT', dialog: block.dialog } })
      turn.exit('error')
      return
    }
    for (const line of answer.data.say ?? [])
      turn.sayText(typeof line === 'string' ? line : line.text, { personal: true })
    if (answer.data.done) {
      turn.set(block.set, answer.data.result)
      turn.exit('next')
    } else turn.runDialog()
  },
})

/** What the host reports: finished with a result, or waiting for more. */
const dialogAnswerSchema = z.object({
  done: z.boolean(),
  result: z.unknown().optional(),
  say: z.array(z.union([z.string(), z.object({ text: z.string() })])).optional(),
})
