import { z } from 'zod'
import { askSchema } from './blocks/ask.ts'
import { branchSchema } from './blocks/branch.ts'
import { callbackSchema } from './blocks/callback.ts'
import { customSchema } from './blocks/custom.ts'
import { dialogSchema } from './blocks/dialog.ts'
import { endSchema } from './blocks/end.ts'
import { eventSchema } from './blocks/event.ts'
import { faqSchema } from './blocks/faq.ts'
import { gotoSchema } from './blocks/goto.ts'
import { hoursSchema } from './blocks/hours.ts'
import { intentSchema } from './blocks/intent.ts'
import { languageSchema } from './blocks/language.ts'
import { menuSchema } from './blocks/menu.ts'
import { querySchema } from './blocks/query.ts'
import { queueSchema } from './blocks/queue.ts'
import { saySchema } from './blocks/say.ts'
import { setSchema } from './blocks/set.ts'
import { subflowSchema } from './blocks/subflow.ts'
import { surveySchema } from './blocks/survey.ts'
import { ticketSchema } from './blocks/ticket.ts'
import { transferSchema } from './blocks/transfer.ts'
import { verifyPhoneSchema } from './blocks/verify-phone.ts'
import { voicemailSchema } from './blocks/voicemail.ts'
import { flowTestSchema } from './flow-test.ts'
import {
  blockIdSchema,
  hotkeySchema,
  inputSchema,
  langSchema,
  promptSchema,
  refSchema,
  varDeclSchema,
  varNameSchema,
  perLang,
  voiceChoiceSchema,
} from './parts.ts'

export type * from './parts.ts'
export type { FlowTest, TestStep } from './flow-test.ts'
export type { Slot } from './slots/schema.ts'

export const blockSchema = z.discriminatedUnion('type', [
  saySchema,
  menuSchema,
  askSchema,
  branchSchema,
  setSchema,
  querySchema,
  ticketSchema,
  faqSchema,
  intentSchema,
  hoursSchema,
  languageSchema,
  surveySchema,
  queueSchema,
  callbackSchema,
  transferSchema,
  voicemailSchema,
  verifyPhoneSchema,
  subflowSchema,
  dialogSchema,
  customSchema,
  gotoSchema,
  eventSchema,
  endSchema,
])
export type Block = z.infer<typeof blockSchema>
export type BlockType = Block['type']
export type BlockOf<T extends BlockType> = Extract<Block, { type: T }>

/** Comments and frames around blocks. Lengths in pixels of the canvas at scale 1. */
export const canvasSchema = z.object({
  comments: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        x: z.number(),
        y: z.number(),
        text: z.string().max(2000),
      }),
    )
    .max(500)
    .optional(),
  groups: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        title: z.string().max(200),
        blocks: z.array(blockIdSchema).max(1000),
      }),
    )
    .max(200)
    .optional(),
})

/** Flow document, schema 1. Pure data: no code, no SQL, no URLs of services; they go by id. */
export const flowDocSchema = z.object({
  schema: z.literal(1),
  id: refSchema,
  name: z.string().min(1).max(200),
  kind: z.enum(['main', 'sub']),
  langs: z.array(langSchema).min(1),
  defaultLang: langSchema,
  /** who speaks each language on the telephone, and how fast; where one is left out, who calls this flow or the engine decides */
  voices: perLang(voiceChoiceSchema).optional(),
  /** IANA zone in which dates are understood, default Asia/Shanghai */
  timezone: z.string().optional(),
  entry: blockIdSchema,
  /** where '@main' leads, default the entry; usually the main menu, after greeting and language */
  main: blockIdSchema.optional(),
  /** variables a caller may hand in */
  params: z.array(varDeclSchema).optional(),
  /** variables a caller may read afterwards */
  returns: z.array(varNameSchema).optional(),
  vars: z.array(varDeclSchema).optional(),
  /** defaults for every input of this flow */
  input: inputSchema.optional(),
  hotkeys: z.array(hotkeySchema).optional(),
  /** where the engine hands over when the flow itself breaks; default the first queue in it */
  fallbackQueue: refSchema.optional(),
  /** said then; there is a built-in one in zh and en */
  apology: promptSchema.optional(),
  blocks: z.record(blockIdSchema, blockSchema),
  tests: z.array(flowTestSchema).optional(),
  /** what the editor draws besides the blocks; no part of a version */
  ui: canvasSchema.optional(),
})
export type FlowDoc = z.infer<typeof flowDocSchema>
