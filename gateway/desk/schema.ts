/** REST views around conversations; live changes come over the WebSocket (protocol.ts). */
import { z } from 'zod'
import { channelSchema } from '../../bots/flow/parts.ts'
import { epochMs } from '../api/route.ts'

/** ConversationCard and WireMessage of protocol.ts are answered as they are. */
export const listConversationsQuery = z.object({
  contactId: z.string().max(64).optional(),
  state: z.enum(['bot', 'queued', 'offered', 'agent', 'wrapUp', 'closed']).optional(),
  agentId: z.string().max(64).optional(),
  /** those in which something was said there */
  channel: channelSchema.optional(),
  /** page by the last one's openedAtMs */
  beforeMs: epochMs.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export const listMessagesQuery = z.object({
  beforeSeq: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})

export const cannedReplyView = z.object({
  id: z.string(),
  /** typed after `/` in the composer */
  shortcut: z.string().regex(/^[\p{L}\p{N}_-]{1,32}$/u),
  title: z.string().trim().min(1).max(64),
  text: z.record(z.string().max(10), z.string().max(2000)),
})
export type CannedReplyView = z.infer<typeof cannedReplyView>
export const putCannedReplyBody = cannedReplyView.omit({ id: true })

export const wrapUpCodeView = z.object({
  id: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
})
export type WrapUpCodeView = z.infer<typeof wrapUpCodeView>
/** codes, busy reasons and departments the desk offers to choose from */
export const deskChoicesView = z.object({
  wrapUpCodes: z.array(wrapUpCodeView),
  busyReasons: z.array(wrapUpCodeView),
  departments: z.array(wrapUpCodeView),
})
export type DeskChoicesView = z.infer<typeof deskChoicesView>
