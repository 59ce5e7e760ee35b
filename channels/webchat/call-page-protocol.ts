/** What the page behind a call link and the server say to each other: HTTP first, then `/webchat/call/ws`. */
import { z } from 'zod'
import type { ConversationState } from '../../gateway/domain/conversation.ts'
import { callEndFrame, callFrame, callKeysFrame, pingFrame } from './protocol.ts'

const token = z.string().min(1).max(1000)
const lang = z.enum(['zh-CN', 'en'])

/** POST /webchat/call/about */
export const aboutRequest = z.object({ token })
export interface CallPageAbout {
  lang: string
  /** whom the contact knows us as */
  house: Record<'zh-CN' | 'en', string>
  /** who has the conversation at this moment */
  agentName?: string
  state: ConversationState
  untilMs: number
}

/** POST /webchat/call/callback: an agent calls this number, in the same conversation */
export const callbackRequest = z.object({ token, number: z.string().min(2).max(40), lang })
export interface CallbackAnswer {
  number: string
}

/**
 * First `hello`, answered with `ready` or `refused`; then the frames of web chat that are about calls. The
 * server's are web chat's `callAnswer`, `callEnded`, `refused` and `pong`.
 */
export const callPageFrame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), token, lang }),
  callFrame,
  callEndFrame,
  callKeysFrame,
  pingFrame,
])
export type CallPageFrame = z.infer<typeof callPageFrame>
