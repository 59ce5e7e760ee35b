import { z } from 'zod'
import { blockIdSchema, channelSchema, langSchema } from './parts.ts'

/** One thing the person does. `as` defaults to what fits the channel and the text. */
export const testInputSchema = z.strictObject({
  in: z.string(),
  as: z
    .enum(['text', 'choice', 'dtmf', 'speech', 'silence', 'hangup', 'media', 'event', 'transfer'])
    .optional(),
  /** how long a recording is (`media` on voice); default 10 */
  seconds: z.number().min(0).optional(),
  confidence: z.number().min(0).max(1).optional(),
  /** the clock goes on by this much first */
  afterMs: z.number().int().min(0).optional(),
})

/** What must be true of the answer. */
export const testExpectSchema = z.strictObject({
  expect: z.strictObject({
    /** contained in what was said in this turn; on voice also in what was heard */
    say: z.union([z.string(), z.array(z.string())]).optional(),
    /** on voice: in what was heard */
    notSay: z.string().optional(),
    block: blockIdSchema.optional(),
    effect: z
      .enum(['say', 'listen', 'handoff', 'voicemail', 'transfer', 'track', 'lang', 'attach', 'end'])
      .optional(),
    queue: z.string().optional(),
    /** the number to be called back */
    callback: z.string().optional(),
    status: z.enum(['wait', 'calling', 'dialog', 'queued', 'transferring', 'ended']).optional(),
    lang: langSchema.optional(),
    /** of the main flow's variables; paths allowed */
    vars: z.record(z.string(), z.unknown()).optional(),
  }),
})
export const testStepSchema = z.union([testInputSchema, testExpectSchema])
export type TestStep = z.infer<typeof testStepSchema>

/** A golden conversation kept inside the document, run in the editor, at publish and in CI. */
export const flowTestSchema = z.object({
  name: z.string().min(1),
  channel: channelSchema,
  lang: langSchema.optional(),
  /** clock at the start, ISO 8601 */
  at: z.iso.datetime({ offset: true }).optional(),
  vars: z.record(z.string(), z.unknown()).optional(),
  contact: z.record(z.string(), z.unknown()).optional(),
  call: z
    .strictObject({
      called: z.string().optional(),
      caller: z.string().optional(),
      account: z.string().optional(),
    })
    .optional(),
  /**
   * What the world answers: `query:<source>`, `ticket:<op>:<kind>`, `faq:<knowledge base>`,
   * `intent:<classifier>`, `dialog:<dialog>`, `hours:<schedule>`, `phoneCode:send`, `phoneCode:check`. `{error: 'code'}` fails.
   */
  stubs: z.record(z.string(), z.unknown()).optional(),
  steps: z.array(testStepSchema),
})
export type FlowTest = z.infer<typeof flowTestSchema>
