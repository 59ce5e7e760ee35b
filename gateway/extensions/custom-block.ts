/** A custom block as its author writes it (docs/extending.md), read and made a kind of block of the editor. */
import { z } from 'zod'
import { asksService } from '../../bots/flow/blocks/described-channels.ts'
import type { CustomKind } from '../../bots/flow/custom-blocks.ts'
import { blockGroups } from '../../bots/flow/description.ts'
import type { FieldDescription } from '../../bots/flow/description.ts'
import { channelSchema } from '../../bots/flow/parts.ts'

const words = z.strictObject({ zh: z.string().min(1).max(300), en: z.string().min(1).max(300) })
const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,39}$/)
const common = {
  /** name of the setting, as `run` gets it */
  path: name,
  label: words,
  help: words.optional(),
  required: z.boolean().optional(),
  advanced: z.boolean().optional(),
  /** what a new block begins with */
  initial: z.unknown().optional(),
}
const fieldSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), multiline: z.boolean().optional(), ...common }),
  z.strictObject({ kind: z.literal('template'), ...common }),
  z.strictObject({
    kind: z.literal('number'),
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().optional(),
    unit: words.optional(),
    ...common,
  }),
  z.strictObject({ kind: z.literal('switch'), default: z.boolean().optional(), ...common }),
  z.strictObject({
    kind: z.literal('select'),
    options: z.array(z.strictObject({ value: z.string(), label: words })).min(1),
    many: z.boolean().optional(),
    ...common,
  }),
  z.strictObject({
    kind: z.literal('variable'),
    write: z.boolean().optional(),
    many: z.boolean().optional(),
    ...common,
  }),
  z.strictObject({ kind: z.literal('value'), ...common }),
  z.strictObject({ kind: z.literal('values'), names: z.literal('free').optional(), ...common }),
  z.strictObject({ kind: z.literal('prompt'), ...common }),
  z.strictObject({ kind: z.literal('json'), ...common }),
])

export const DEFAULT_TIMEOUT_MS = 5000

const onChannel = z.strictObject({ works: z.enum(['yes', 'other', 'never']), does: words })

export const customBlockSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/),
  name: words,
  help: words,
  group: z.enum(blockGroups).default('act'),
  fields: z.array(fieldSchema).max(50).default([]),
  /** what the person or the data decides; `error` is there anyway */
  exits: z.record(z.string().regex(/^[A-Za-z_]\w{0,39}$/), words),
  channels: z.partialRecord(z.enum([...channelSchema.options, 'written']), onChannel).optional(),
  timeoutMs: z.number().int().min(50).max(60_000).default(DEFAULT_TIMEOUT_MS),
  harmless: z.boolean().optional(),
  run: z.custom<RunCustom>((value) => typeof value === 'function', 'run must be a function'),
})
export type CustomBlock = z.infer<typeof customBlockSchema>

/** What the code of a custom block is told besides its settings. */
export interface CustomContext {
  /** the same step of the same conversation, run again after a lost race, has the same key: do nothing twice */
  key: string
  conversationId: string
  contactId: string
  channel: string
  lang: string
  /** fires when the time is up */
  signal: AbortSignal
}

export type RunCustom = (settings: Record<string, unknown>, context: CustomContext) => unknown

export function kindOfCustom(block: CustomBlock): CustomKind {
  const { id, name, help, group, exits, harmless } = block
  const settings = Object.fromEntries(
    block.fields.flatMap(({ path, initial }) => (initial === undefined ? [] : [[path, initial]])),
  )
  const fields = block.fields.map(({ initial: _initial, ...field }) => ({
    ...field,
    path: `settings.${field.path}`,
  }))
  return {
    id,
    description: {
      ...{ name, help, group },
      initial: { block: id, settings },
      fields: fields as FieldDescription[],
      exits: { ...exits, error: { zh: '出错', en: 'Error' } },
      channels: block.channels ?? asksService,
    },
    ...(harmless && { harmless }),
  }
}
