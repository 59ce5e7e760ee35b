import { z } from 'zod'
import { defineBlock } from '../block.ts'
import { customKind } from '../custom-blocks.ts'
import { UNCHOSEN } from '../description.ts'
import { baseFields, outSchema, promptSchema, refSchema, valueSchema } from '../parts.ts'
import type { Prompt } from '../schema.ts'
import type { Turn } from '../turn.ts'
import { exitNames } from './described-fields.ts'
import { asksService } from './described-channels.ts'
import { fail } from './fail.ts'

/** Does what a file of the installation does (docs/extending.md). Exits: those its author names, and error. */
export const customSchema = z.object({
  type: z.literal('custom'),
  ...baseFields,
  block: refSchema,
  settings: z.record(z.string().max(64), z.unknown()).optional(),
  out: outSchema,
})

type Custom = z.infer<typeof customSchema>

export const customBlock = defineBlock({
  type: 'custom',
  schema: customSchema,
  description: {
    name: { zh: '扩展块', en: 'Custom block' },
    help: {
      zh: '本系统另行安装的块,由程序员写成一个文件。',
      en: 'A block that programmers added to this installation as one file.',
    },
    group: 'act',
    initial: { block: UNCHOSEN, settings: {} },
    fields: [
      { path: 'block', kind: 'text', label: { zh: '扩展块', en: 'Custom block' }, required: true },
      { path: 'settings', kind: 'json', label: { zh: '设置', en: 'Settings' } },
    ],
    exits: { error: exitNames.error },
    channels: asksService,
  },
  waits: 'service',
  ports(block) {
    const kind = customKind(block.block)
    // while the file is missing, whatever is connected may be an exit of it
    if (!kind) return { required: ['error'], optional: Object.keys(block.out ?? {}) }
    return {
      required: [...new Set([...Object.keys(kind.description.exits), 'error'])],
      optional: [],
    }
  },
  prompts: (block) => promptsIn(block).map(([name, prompt]) => [`settings.${name}`, prompt]),
  enter(block, turn) {
    turn.call({ kind: 'custom', custom: block.block, settings: settingsOf(block, turn) })
  },
  result(block, result, turn) {
    if (!result.ok) return fail(result, turn)
    const answer = answerSchema.safeParse(result.value)
    if (!answer.success) {
      turn.track('fail', { data: { code: 'BAD_CUSTOM_RESULT' } })
      turn.exit('error')
      return
    }
    const { exit, set, say } = answer.data
    for (const [name, value] of Object.entries(set ?? {})) turn.set(name, value)
    if (typeof say === 'string') turn.sayText(say, { personal: true })
    else if (say !== undefined) turn.say(new Map(promptsIn(block)).get(say.prompt))
    turn.exit(exit, 'error')
  },
})

const answerSchema = z.object({
  exit: z.string().min(1).max(64),
  /** variables to store */
  set: z.record(z.string().regex(/^[A-Za-z_]\w{0,39}$/), z.unknown()).optional(),
  /** words as they are, or the name of a setting that is a prompt: with its recording and its wording per channel */
  say: z.union([z.string().max(8000), z.object({ prompt: z.string() })]).optional(),
})

function promptsIn(block: Custom): [name: string, prompt: Prompt][] {
  return Object.entries(block.settings ?? {}).flatMap(([name, value]) => {
    const prompt = promptSchema.safeParse(value)
    return prompt.success && Object.keys(prompt.data).length > 0 ? [[name, prompt.data]] : []
  })
}

/** Settings as the code gets them: values and templates worked out, prompts left to `say`. */
function settingsOf(block: Custom, turn: Turn): Record<string, unknown> {
  const prompts = new Set(promptsIn(block).map(([name]) => name))
  return Object.fromEntries(
    Object.entries(block.settings ?? {})
      .filter(([name]) => !prompts.has(name))
      .map(([name, value]) => [name, workedOut(value, turn)]),
  )
}

function workedOut(value: unknown, turn: Turn): unknown {
  if (typeof value === 'string') return turn.value({ template: value })
  if (typeof value !== 'object' || value === null) return value
  const known = valueSchema.safeParse(value)
  if (known.success) return turn.value(known.data as Parameters<Turn['value']>[0])
  if (Array.isArray(value)) return value.map((each) => workedOut(each, turn))
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, workedOut(each, turn)]),
  )
}
