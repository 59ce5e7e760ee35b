/**
 * What the widget and the server say to each other over one WebSocket (`/webchat/ws`), JSON text frames.
 * A client may resume with the last (conversation, seq) it has; a repeated `clientMsgId` is one message.
 */
import { z } from 'zod'
import type { Part, QuickReply } from '../../gateway/domain/message.ts'
import type { WireError } from '../../gateway/errors.ts'

export const MAX_TEXT_CHARS = 4000
/** a frame larger than this closes the socket (1009) */
export const MAX_FRAME_BYTES = 32 * 1024

const clientMsgId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)
const blobId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)
const cursor = { conversationId: z.string().max(64), seq: z.number().int().min(0) }

/** First frame of a client. `resume` is the newest message it holds. */
export const helloFrame = z.object({
  t: z.literal('hello'),
  token: z.string().max(2000),
  lang: z.enum(['zh-CN', 'en']),
  resume: z.object(cursor).optional(),
})

export const sayFrame = z.object({
  t: z.literal('say'),
  clientMsgId,
  content: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string().min(1).max(MAX_TEXT_CHARS) }),
    z.object({ type: z.literal('choice'), id: z.string().max(100), label: z.string().max(200) }),
    z.object({ type: z.literal('media'), blobId }),
    z.object({
      type: z.literal('location'),
      lat: z.number().min(-90).max(90),
      lng: z.number().min(-180).max(180),
      label: z.string().max(200).optional(),
    }),
  ]),
})

/** talk in the browser: the first begins the call, a later one renews its line after the network broke */
export const callFrame = z.object({ t: z.literal('call'), sdp: z.string().min(10).max(20_000) })
export const callEndFrame = z.object({ t: z.literal('callEnd') })
export const callKeysFrame = z.object({
  t: z.literal('callKeys'),
  digits: z.string().regex(/^[0-9*#]{1,32}$/),
})
export const pingFrame = z.object({ t: z.literal('ping') })

export const clientFrame = z.discriminatedUnion('t', [
  helloFrame,
  sayFrame,
  z.object({ t: z.literal('typing'), on: z.boolean() }),
  z.object({ t: z.literal('seen'), state: z.enum(['delivered', 'read']), ...cursor }),
  z.object({ t: z.literal('lang'), lang: z.enum(['zh-CN', 'en']) }),
  /** the visitor gives up waiting or ends the chat */
  z.object({ t: z.literal('leave') }),
  callFrame,
  callEndFrame,
  callKeysFrame,
  pingFrame,
])
export type ClientFrame = z.infer<typeof clientFrame>
export type SayContent = z.infer<typeof sayFrame>['content']

/** `value` of a card's action of kind `call` that starts a call in the browser instead of dialling a number. */
export const WEB_CALL = 'browser'

/** Why a visitor's call is over, or never began (`error` says the reason of `refused`). */
export type CallEndReason = 'hungUp' | 'refused' | 'fault'

/** A part as the visitor gets it: no staff events, and stored media come with a signed address. */
export type VisitorPart =
  Exclude<Part, { type: 'event' | 'media' }> | (Extract<Part, { type: 'media' }> & { url: string })

export interface VisitorMessage {
  id: string
  conversationId: string
  seq: number
  author: { kind: 'contact' | 'bot' | 'agent' | 'system'; name?: string }
  parts: VisitorPart[]
  lang?: string
  atMs: number
  /** on the visitor's own messages */
  clientMsgId?: string
}

export interface ChatStatus {
  state: 'bot' | 'waiting' | 'agent' | 'closed'
  agentName?: string
  /** 1 = next */
  position?: number
  estimatedWaitMs?: number
}

export type ServerFrame =
  | {
      t: 'ready'
      visitorId: string
      lang: string
      status: ChatStatus
      maxTextChars: number
      /** the visitor may start a call by themselves */
      calls?: boolean
    }
  /** stored on disk; nothing of it can be lost any more */
  | { t: 'stored'; clientMsgId: string }
  | { t: 'message'; message: VisitorMessage }
  /** the agent has read the visitor's messages up to this seq */
  | { t: 'read'; conversationId: string; seq: number }
  | { t: 'typing'; on: boolean; name?: string }
  | { t: 'status'; status: ChatStatus }
  /** `clientMsgId` names the message that was not taken; `retryAfterMs` when trying again makes sense */
  | { t: 'refused'; clientMsgId?: string; error: WireError; retryAfterMs?: number }
  /** the token is no good any more: fetch a new one and say hello again */
  | { t: 'expired'; error: WireError }
  /** to the page that sent `call` */
  | { t: 'callAnswer'; sdp: string }
  /** to every page of the visitor */
  | { t: 'callEnded'; reason: CallEndReason; error?: WireError }
  | { t: 'pong' }

/** POST /webchat/token */
export const tokenRequest = z.object({
  account: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  /** an earlier token of the same browser, renewed when still genuine */
  token: z.string().max(2000).optional(),
})
export interface TokenResponse {
  token: string
  visitorId: string
  expiresAtMs: number
  /** what the widget shows before the first word */
  title: Record<'zh-CN' | 'en', string>
  greeting: Record<'zh-CN' | 'en', string>
}

/** POST /webchat/uploads (multipart, field `file`, Authorization: Bearer token) */
export interface UploadResponse {
  blobId: string
  name: string
  mime: string
  bytes: number
  kind: 'image' | 'audio' | 'video' | 'file'
  url: string
}

export type { QuickReply }
