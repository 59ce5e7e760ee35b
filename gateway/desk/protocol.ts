/**
 * What the console and the server say to each other over one WebSocket (`/desk/ws`, session cookie,
 * same origin). The client sends commands with an `id` and gets `done` or `refused` for each; the server
 * pushes what changed. After a reconnect the server sends `welcome` again with the whole picture.
 */
import { z } from 'zod'
import type { Channel, ConversationState } from '../domain/conversation.ts'
import type { Author, DeliveryState, Direction, Part } from '../domain/message.ts'
import type { AgentState, Permission, Role } from '../domain/staff.ts'
import type { WireError } from '../errors.ts'

export const MAX_DESK_FRAME_BYTES = 64 * 1024
const id = z.string().min(1).max(64)
const conversationId = id

export const outgoingContent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().trim().min(1).max(4000) }),
  z.object({ type: z.literal('media'), blobId: id }),
])
export type OutgoingContent = z.infer<typeof outgoingContent>

/** `clientMsgId` makes sending idempotent: the same one twice is one message. */
const clientMsgId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

export const deskCommand = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('state'),
    state: z.enum(['ready', 'busy', 'offline']),
    reason: z.string().max(60).optional(),
  }),
  /** messages after `afterSeq` are answered, and later ones pushed until `close` */
  z.object({ do: z.literal('open'), conversationId, afterSeq: z.number().int().min(0) }),
  z.object({ do: z.literal('leave'), conversationId }),
  z.object({ do: z.literal('accept'), conversationId, offerId: id }),
  z.object({ do: z.literal('decline'), conversationId, offerId: id }),
  z.object({ do: z.literal('send'), conversationId, clientMsgId, content: outgoingContent }),
  /** a note only staff see */
  z.object({
    do: z.literal('note'),
    conversationId,
    clientMsgId,
    text: z.string().trim().min(1).max(4000),
  }),
  z.object({ do: z.literal('typing'), conversationId, on: z.boolean() }),
  z.object({ do: z.literal('read'), conversationId, seq: z.number().int().min(0) }),
  z.object({
    do: z.literal('transfer'),
    conversationId,
    toQueueId: id.optional(),
    toAgentId: id.optional(),
    note: z.string().max(500).optional(),
  }),
  z.object({ do: z.literal('handBack'), conversationId }),
  z.object({ do: z.literal('finish'), conversationId }),
  z.object({ do: z.literal('wrapUpDone'), conversationId, code: z.string().max(60).optional() }),
  /** an agent takes a waiting conversation out of turn, a team leader takes over a served one */
  z.object({ do: z.literal('take'), conversationId }),
  /** team leader: set another agent's state */
  z.object({
    do: z.literal('forceState'),
    agentId: id,
    state: z.enum(['ready', 'busy', 'offline']),
  }),
  z.object({ do: z.literal('ping') }),
])
export type DeskCommand = z.infer<typeof deskCommand>
export const deskRequest = z.object({ id: z.number().int().min(0), command: deskCommand })
export type DeskRequest = z.infer<typeof deskRequest>

export interface ConversationCard {
  id: string
  state: ConversationState
  version: number
  contact: { id: string; name?: string; vip: boolean }
  channel: Channel
  lang: string
  emergency: boolean
  preview: string
  lastSeq: number
  openedAtMs: number
  lastActivityAtMs: number
  queueId?: string
  priority?: number
  enqueuedAtMs?: number
  waitingReason?: 'bot' | 'transfer' | 'emergency' | 'agentGone'
  note?: string
  offer?: { id: string; agentId: string; expiresAtMs: number }
  agentId?: string
  wrapUp?: { agentId: string; endsAtMs: number }
  /** what the bot learned, for the agent to read */
  context: Record<string, unknown>
}

export type WirePart =
  Exclude<Part, { type: 'media' }> | (Extract<Part, { type: 'media' }> & { url: string })

export interface WireMessage {
  id: string
  conversationId: string
  seq: number
  direction: Direction
  author: Author
  channel?: Channel
  parts: WirePart[]
  lang?: string
  atMs: number
  /** the sender's own id of it, so a console can match what it sent */
  clientMsgId?: string
  delivery?: { state: DeliveryState; code?: string }
}

export interface AgentCard {
  id: string
  name: string
  role: Role
  state: AgentState
  reason?: string
  sinceMs: number
  /** conversations served plus those in wrap-up */
  load: number
  capacity: number
  connected: boolean
}

export interface QueueCard {
  id: string
  name: { zh: string; en: string }
  waiting: number
  longestWaitMs: number
  offered: number
  readyAgents: number
  open: boolean
  warnAfterMs: number
  alarmAfterMs: number
}

export interface Me {
  id: string
  userName: string
  name: string
  role: Role
  lang: string
  permissions: Permission[]
  mustChangePassword: boolean
}

/** Today's figures on the wallboard, since local midnight. */
export interface DayFigures {
  opened: number
  closed: number
  queued: number
  accepted: number
  abandoned: number
  averageWaitMs: number
  messagesIn: number
  messagesOut: number
  tickets: number
}

export type DeskFrame =
  | {
      t: 'welcome'
      me: Me
      nowMs: number
      conversations: ConversationCard[]
      agents: AgentCard[]
      queues: QueueCard[]
      day: DayFigures
    }
  /** a conversation the agent may see came or changed */
  | { t: 'conversation'; card: ConversationCard }
  /** it went out of the agent's sight (closed, taken by another, left the queue) */
  | { t: 'gone'; conversationId: string; why: 'closed' | 'elsewhere' }
  | { t: 'message'; message: WireMessage }
  | {
      t: 'delivery'
      conversationId: string
      messageId: string
      seq: number
      state: DeliveryState
      code?: string
    }
  | { t: 'typing'; conversationId: string; on: boolean }
  /** the visitor's page is open (true) or closed */
  | { t: 'presence'; conversationId: string; online: boolean }
  | { t: 'agent'; agent: AgentCard }
  | { t: 'agentGone'; agentId: string }
  | { t: 'queues'; queues: QueueCard[]; day: DayFigures }
  | { t: 'done'; id: number; result?: unknown }
  | { t: 'refused'; id: number; error: WireError }
  /** this session ended elsewhere (signed out, password reset, account disabled) */
  | { t: 'signedOut'; error: WireError }

/** The result of the command `open`. */
export interface OpenResult {
  card: ConversationCard
  messages: WireMessage[]
  /** messages older than the first one given can be had by REST */
  more: boolean
}
