import { z } from 'zod'
import { testInputSchema } from '../../bots/flow/flow-test.ts'
import { channelSchema, langSchema } from '../../bots/flow/parts.ts'

const words = z.string().max(2000)

export const recentQuery = z.object({
  flowId: z.string().min(1).max(100),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})
export const recentView = z.object({
  id: z.string(),
  channel: channelSchema,
  lang: z.string(),
  openedAtMs: z.number(),
  state: z.string(),
  /** what was said last, masked like everything else */
  preview: z.string(),
  version: z.number().optional(),
})
export type RecentView = z.infer<typeof recentView>

export const recordedTurnView = z.object({
  atMs: z.number(),
  /** absent: they came, and the flow began */
  input: testInputSchema.optional(),
  queued: z.boolean(),
  said: z.array(z.object({ block: z.string(), text: z.string() })),
})
export const recordedView = z.object({
  id: z.string(),
  flow: z.string(),
  /** absent where nobody can tell any more which it was */
  version: z.number().optional(),
  channel: channelSchema,
  lang: z.string(),
  atMs: z.number(),
  call: z.object({ called: z.string().optional(), caller: z.string().optional() }).optional(),
  contact: z.record(z.string(), z.unknown()),
  /** personal data was taken out */
  masked: z.boolean(),
  /** only the beginning of a very long one */
  cut: z.boolean(),
  turns: z.array(recordedTurnView),
})
export type RecordedView = z.infer<typeof recordedView>
export type RecordedTurnView = z.infer<typeof recordedTurnView>

/** What a trial asks of the world as it is: nothing that leaves a trace. */
export const askBody = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('faq'),
    knowledgeBase: z.string().max(100),
    text: words,
    lang: langSchema,
    top: z.number().int().min(1).max(10),
  }),
  z.object({
    kind: z.literal('intent'),
    classifier: z.string().max(100),
    text: words,
    lang: langSchema,
    top: z.number().int().min(1).max(20),
  }),
  z.object({
    kind: z.literal('query'),
    source: z.string().max(100),
    params: z.record(z.string(), z.unknown()),
    lang: langSchema,
    timeoutMs: z.number().int().min(1).max(30_000),
  }),
])
export const askView = z.object({ value: z.unknown() })

const sdp = z.string().min(1).max(20_000)
const number = z
  .string()
  .regex(/^\+?[0-9*#]{1,20}$/)
  .optional()

export const callBody = z.object({
  /** the draft as it stands in the editor */
  doc: z.record(z.string(), z.unknown()),
  lang: langSchema,
  caller: number,
  called: number,
  sdp,
})
export const callView = z.object({ id: z.string(), sdp: z.string() })
export const lineBody = z.object({ sdp })
export const lineView = z.object({ sdp: z.string() })
export const keysBody = z.object({ digits: z.string().regex(/^[0-9*#]{1,20}$/) })
export const callStateView = z.object({
  over: z.boolean(),
  conversationId: z.string().optional(),
  turns: z.array(recordedTurnView),
})
export type CallStateView = z.infer<typeof callStateView>
