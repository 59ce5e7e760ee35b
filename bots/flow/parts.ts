import { z } from 'zod'

/** BCP-47: 'zh-CN', 'en', 'ja', 'ko' … */
export const langSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
export type Lang = z.infer<typeof langSchema>

export const channels = [
  'voice',
  'webchat',
  'wechat',
  'wecom',
  'wechaty',
  'weibo',
  'sms',
  'email',
  'directline',
] as const
export const channelSchema = z.enum(channels)
export type Channel = z.infer<typeof channelSchema>

/** No leading '@': those names are hotkey targets. */
export const blockIdSchema = z.string().regex(/^[A-Za-z0-9_][\w-]{0,63}$/)
export type BlockId = z.infer<typeof blockIdSchema>

/** Ids of flows, queues, schedules, data sources, media … */
export const refSchema = z.string().min(1).max(100)

/** Must be a plain word, so that a template path can name it. */
export const varNameSchema = z.string().regex(/^[A-Za-z_]\w{0,39}$/)

/** A dotted path into the variables: `ticket.serial`, `contact.phone`. */
export const pathSchema = z.string().regex(/^[A-Za-z_]\w*(\.\w+)*$/)

/** `您好 {{contact.name|mask}}`: paths and filters, no logic. */
export const templateSchema = z.string().max(8000)
export type Template = z.infer<typeof templateSchema>

/** The keys a telephone has; one or two of them pick a choice. */
export const keySchema = z.string().min(1).max(8)

/** Something said differently in every language. */
export const perLang = <T extends z.ZodType>(schema: T) => z.record(langSchema, schema)

/** Exits of a block: port → block. Unconnected ports are the validator's business, not the parser's. */
export const outSchema = z.record(z.string().min(1).max(64), blockIdSchema)

/** What every block may carry besides its own fields; `ui` is where the editor drew it. */
export const baseFields = {
  label: z.string().max(200).optional(),
  ui: z.object({ x: z.number(), y: z.number(), note: z.string().optional() }).optional(),
}

export const valueSchema = z.union([
  z.strictObject({ literal: z.unknown() }),
  z.strictObject({ var: pathSchema }),
  z.strictObject({ template: templateSchema }),
])
export type Value = { literal: unknown } | { var: string } | { template: Template }

export const operators = [
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'contains',
  'empty',
  'notEmpty',
  'matches',
] as const
export type Operator = (typeof operators)[number]

export type Comparison = { var: string; op: Operator; value?: Value }
export type Condition =
  { all: Condition[] } | { any: Condition[] } | { not: Condition } | Comparison
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema) }),
    z.strictObject({ any: z.array(conditionSchema) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ var: pathSchema, op: z.enum(operators), value: valueSchema.optional() }),
  ]),
)

export const cardSchema = z.object({
  title: templateSchema,
  text: templateSchema.optional(),
  image: templateSchema.optional(),
  url: templateSchema.optional(),
  geo: z.object({ lat: templateSchema, lng: templateSchema }).optional(),
})
export type Card = z.infer<typeof cardSchema>

/**
 * Who speaks for the synthesis, and how fast; what is absent is left to the flow, then to the engine. Voices are
 * called as the engines call them (`GET /prompts/voices`); what people read instead of hear does not care.
 */
export const voiceChoiceSchema = z.object({
  voice: z.string().min(1).max(100).optional(),
  /** 1 = the voice's own; beyond these bounds no engine is understood (Google takes 0.25 … 2) */
  speed: z.number().min(0.5).max(2).optional(),
})
export type VoiceChoice = z.infer<typeof voiceChoiceSchema>

/** How one prompt reads in one language. */
export const variantSchema = z.object({
  text: templateSchema,
  /** on the telephone: another voice or speed than the flow's (`voices`) */
  ...voiceChoiceSchema.shape,
  /** other wordings of the same thing, used in turn */
  alternatives: z.array(templateSchema).optional(),
  /** wording for the ear, where it differs from the one for the eye */
  speak: templateSchema.optional(),
  /** a recording wins over synthesis; `ofText` is `textHash()` of the text that was recorded */
  audio: z.object({ mediaId: refSchema, ofText: z.string() }).optional(),
  cards: z.array(cardSchema).optional(),
  /** what a channel shows instead */
  by: z
    .partialRecord(
      channelSchema,
      z.object({ text: templateSchema.optional(), cards: z.array(cardSchema).optional() }),
    )
    .optional(),
})
export type Variant = z.infer<typeof variantSchema>
export const promptSchema = perLang(variantSchema)
export type Prompt = z.infer<typeof promptSchema>

export const inputOptionsSchema = z.object({
  /** silence after the prompt before it counts as no input */
  timeoutMs: z.number().int().min(500).max(3_600_000),
  /** how often we ask again; the miss after that takes the exit */
  maxNoInput: z.number().int().min(0).max(10),
  maxNoMatch: z.number().int().min(0).max(10),
  bargeIn: z.boolean(),
  modes: z.array(z.enum(['dtmf', 'speech', 'text'])),
  dtmf: z
    .object({
      minDigits: z.number().int().min(1).optional(),
      maxDigits: z.number().int().min(1).max(40).optional(),
      endKey: z.enum(['#', '*']).optional(),
      interDigitMs: z.number().int().min(200).optional(),
    })
    .optional(),
  /** speech recognised with less is a no-match */
  minConfidence: z.number().min(0).max(1),
  /** speech recognised with less is read back first, where the block has a `confirm` prompt */
  confirmBelow: z.number().min(0).max(1).optional(),
  /**
   * on the telephone: say the choices with their keys after the prompt. Default: those whose key the prompt
   * does not name, unless it has a wording for the ear of its own (`speak`)
   */
  sayChoices: z.boolean().optional(),
})
export type InputOptions = z.infer<typeof inputOptionsSchema>
export const inputSchema = inputOptionsSchema.partial()

/** What to say when an answer is missing or not understood; without it the prompt is repeated. */
export const retrySchema = z.object({
  noInput: promptSchema.optional(),
  noMatch: promptSchema.optional(),
  /** understood as an answer, but out of bounds (ask blocks) */
  invalid: promptSchema.optional(),
})
export type Retry = z.infer<typeof retrySchema>

export const choiceSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9_][\w-]{0,39}$/),
  dtmf: keySchema.optional(),
  label: perLang(templateSchema),
  /** more words that pick it, besides the label */
  say: perLang(z.array(z.string().min(1))).optional(),
  when: conditionSchema.optional(),
  /** what `set` stores; default is the id */
  value: z.unknown().optional(),
})
export type Choice = z.infer<typeof choiceSchema>

export const varTypes = [
  'text',
  'number',
  'bool',
  'date',
  'phone',
  'list',
  'object',
  'media',
] as const
export const varDeclSchema = z.object({
  name: varNameSchema,
  type: z.enum(varTypes),
  /** personal data: masked when spoken, never written to logs */
  pii: z.boolean().optional(),
  /** shown to the agent as soon as it is known */
  attach: z.boolean().optional(),
  init: z.unknown().optional(),
  note: z.string().optional(),
})
export type VarDecl = z.infer<typeof varDeclSchema>

export const hotkeyTargets = ['@repeat', '@back', '@main'] as const
/** Works at any input of this flow and of the sub-flows it calls. */
export const hotkeySchema = z.object({
  id: refSchema,
  dtmf: keySchema.optional(),
  /** the whole text must be one of these; for emergencies it is enough to contain one */
  say: perLang(z.array(z.string().min(1))).optional(),
  /**
   * A text command, such as 查询 C20261122-0001: one of the phrases, then a space or colon, then more, which is
   * put into this variable. Written channels only; not while a question of the flow takes any words.
   */
  rest: varNameSchema.optional(),
  target: z.union([blockIdSchema, z.enum(hotkeyTargets)]),
  /** heard anywhere: inside questions, sub-flows and coded dialogs, and while queued */
  emergency: z.boolean().optional(),
  /** priority of the hand-off an emergency leads to (0 most urgent … 9 least; default 0) */
  priority: z.number().int().min(0).max(9).optional(),
  /** also heard while the person waits for an agent, e.g. to cancel the waiting; `only`: nowhere else */
  whileQueued: z.union([z.boolean(), z.literal('only')]).optional(),
  /** heard on these channels alone; default everywhere */
  channels: z.array(channelSchema).min(1).optional(),
})
export type Hotkey = z.infer<typeof hotkeySchema>
