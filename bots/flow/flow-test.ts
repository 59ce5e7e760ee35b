import { z } from 'zod'
import { blockIdSchema, channelSchema, langSchema } from './parts.ts'

/** One thing the person does, or that happens to them. `as` defaults to what fits the channel and the text. */
export const testInputSchema = z.strictObject({
  in: z.string(),
  as: z
    .enum([
      'text',
      'choice',
      'dtmf',
      'speech',
      'silence',
      'hangup',
      'media',
      'event',
      'transfer',
      'voicemail',
    ])
    .optional(),
  /** of `media`: how long a recording is on voice (default 10); image, video, location …; its words */
  seconds: z.number().min(0).optional(),
  kind: z.string().max(40).optional(),
  transcript: z.string().max(4000).optional(),
  location: z
    .strictObject({ lat: z.number(), lng: z.number(), name: z.string().optional() })
    .optional(),
  /** of `speech`: how sure the recogniser is (default 0.9), and what else it may have been */
  confidence: z.number().min(0).max(1).optional(),
  others: z
    .array(z.strictObject({ text: z.string(), confidence: z.number().min(0).max(1) }))
    .max(10)
    .optional(),
  /** of `choice`: the block it was shown by */
  block: blockIdSchema.optional(),
  /** the clock goes on by this much first */
  afterMs: z.number().int().min(0).optional(),
})
export type TestInput = z.infer<typeof testInputSchema>

/** What must be true of the answer. */
export const testExpectSchema = z.strictObject({
  expect: z.strictObject({
    /** contained in what was said in this turn; on voice also in what was heard */
    say: z.union([z.string(), z.array(z.string())]).optional(),
    /** on voice: in what was heard */
    notSay: z.string().optional(),
    block: blockIdSchema.optional(),
    effect: z
      .enum([
        'say',
        'listen',
        'handoff',
        'voicemail',
        'leave',
        'transfer',
        'track',
        'lang',
        'attach',
        'end',
      ])
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
export type Expected = z.infer<typeof testExpectSchema>['expect']
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
   * What the world answers: `query:<source>`, `ticket:<op>:<kind>`, `faq:<knowledge base>`, `intent:<classifier>`,
   * `dialog:<dialog>`, `hours:<schedule>`, `phoneCode:send`, `phoneCode:check`. `{error: 'code'}` fails;
   * `{inTurn: [...]}` answers one after the other, the last one stays.
   */
  stubs: z.record(z.string(), z.unknown()).optional(),
  steps: z.array(testStepSchema),
})
export type FlowTest = z.infer<typeof flowTestSchema>
