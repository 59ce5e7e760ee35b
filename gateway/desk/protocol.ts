/**
 * What the console and the server say to each other over one WebSocket (`/desk/ws`, session cookie,
 * same origin). The client sends commands with an `id` and gets `done` or `refused` for each; the server
 * pushes what changed. After a reconnect the server sends `welcome` again with the whole picture.
 */
import { z } from 'zod'
import type { Channel, ConversationState } from '../domain/conversation.ts'
import type { Author, DeliveryState, Direction, Part } from '../domain/message.ts'
import type { AgentState, Permission, PhoneDevice, Role } from '../domain/staff.ts'
import type { WindowView } from '../domain/reply-window.ts'
import type { ErrorCode, WireError } from '../errors.ts'

export const MAX_DESK_FRAME_BYTES = 64 * 1024
const id = z.string().min(1).max(64)
const conversationId = id

export const outgoingContent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().trim().min(1).max(4000) }),
  z.object({ type: z.literal('media'), blobId: id }),
  /** GET /templates; `params` by their keys */
  z.object({
    type: z.literal('template'),
    templateId: id,
    params: z.record(z.string().max(32), z.string().trim().min(1).max(200)),
  }),
])
export type OutgoingContent = z.infer<typeof outgoingContent>

/** Whom a call is passed to or asked about; queues are reached by `transfer`. */
export const callTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), agentId: id }),
  z.object({ kind: z.literal('extension'), number: z.string().regex(/^\d{2,8}$/) }),
  z.object({ kind: z.literal('number'), number: z.string().regex(/^\+?[0-9*#]{2,24}$/) }),
])
export type CallTarget = z.infer<typeof callTarget>

/** How an agent takes calls (domain/staff.ts). */
export const phoneDevice: z.ZodType<PhoneDevice> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('browser') }),
  z.object({ kind: z.literal('extension'), number: z.string().regex(/^\d{2,8}$/) }),
  z.object({ kind: z.literal('number'), number: z.string().regex(/^\+?[0-9*#]{2,24}$/) }),
])

/** Largest SDP a browser sends is about 6 kB. */
const sdp = z.string().min(10).max(20_000)

const callCommands = [
  z.object({ do: z.literal('phone'), device: phoneDevice }),
  /**
   * Opens the console's own line (WebRTC) in the room of this call; answered with LineResult. A second one
   * takes the place of the first, as after a reload. `test` opens a line that plays back what it hears.
   */
  z.object({ do: z.literal('line'), conversationId: z.union([id, z.literal('test')]), sdp }),
  z.object({ do: z.literal('lineDown'), conversationId: z.union([id, z.literal('test')]) }),
  /** the contact hears music and is not heard */
  z.object({ do: z.literal('hold'), conversationId, on: z.boolean() }),
  z.object({ do: z.literal('mute'), conversationId, on: z.boolean() }),
  /** telephone keys to the contact's end, e.g. for the menu of a called company */
  z.object({
    do: z.literal('keys'),
    conversationId,
    digits: z.string().regex(/^[0-9*#A-D]{1,32}$/),
  }),
  /** ends the call; the conversation goes to wrap-up (or on in writing, when it began there) */
  z.object({ do: z.literal('hangUp'), conversationId }),
  /** calls out; inside `conversationId` when given, answered with DialResult */
  z.object({
    do: z.literal('dial'),
    number: z.string().regex(/^\+?[0-9*#]{2,24}$/),
    /** one of the numbers of /telephony/numbers; default the trunk's own */
    callerNumber: z.string().max(24).optional(),
    conversationId: id.optional(),
  }),
  /** asks whoever writes to talk in the browser; the invitation is a message, with a link outside web chat */
  z.object({ do: z.literal('inviteToCall'), conversationId }),
  /** the contact waits with music while a third party is called */
  z.object({ do: z.literal('consult'), conversationId, to: callTarget }),
  /** back: the third party leaves; conference: all talk; transfer: the agent leaves */
  z.object({
    do: z.literal('consultEnd'),
    conversationId,
    how: z.enum(['back', 'conference', 'transfer']),
  }),
  /** blind transfer to a telephone, or back to a flow (its entry) */
  z.object({
    do: z.literal('passOn'),
    conversationId,
    to: z.union([callTarget, z.object({ kind: z.literal('flow'), flowId: id })]),
  }),
  z.object({ do: z.literal('dropParty'), conversationId, partyId: id }),
  /** plays to everybody in the call: an uploaded file, an earlier recording, or a text read out */
  z.object({
    do: z.literal('playTo'),
    conversationId,
    source: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('file'), blobId: id }),
      z.object({ kind: z.literal('recording'), recordingId: id }),
      z.object({ kind: z.literal('text'), text: z.string().trim().min(1).max(500) }),
    ]),
  }),
  z.object({ do: z.literal('playStop'), conversationId }),
  /** a pause while a card or identity number is given */
  z.object({ do: z.literal('recordingPause'), conversationId, on: z.boolean() }),
  /** team leader, over a line of their own: listen unheard, whisper to the agent, or talk with all */
  z.object({
    do: z.literal('supervise'),
    conversationId,
    mode: z.enum(['listen', 'whisper', 'barge', 'off']),
  }),
] as const

/** `clientMsgId` makes sending idempotent: the same one twice is one message. */
const clientMsgId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

const firstWord = {
  accountId: id,
  /** a telephone number or an e-mail address */
  to: z.string().trim().min(1).max(254),
  subject: z
    .string()
    .trim()
    .min(1)
    .max(150)
    .regex(/^\P{Cc}*$/u)
    .optional(),
}

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
  /**
   * Goes on in the same conversation from another account (GET /accounts/writable); what is written next goes
   * there. `subject`: of an e-mail that begins a thread.
   */
  z.object({ do: z.literal('writeBy'), conversationId, ...firstWord }),
  /** begins a conversation with a contact, the agent's own; answered with WriteResult */
  z.object({ do: z.literal('writeTo'), contactId: id, ...firstWord }),
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
  ...callCommands,
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
  /** they asked to be called on this number, and were not yet */
  callback?: { number: string }
}

/** One call as the desk shows it; pushed to everybody who sees its conversation. */
export interface CallCard {
  conversationId: string
  direction: 'in' | 'out'
  /** dialling: we call out; flow: the bot talks; waiting: music; talking: with an agent */
  phase: 'dialling' | 'flow' | 'waiting' | 'talking' | 'ended'
  /** the contact's number or, for a call from the browser, absent */
  number?: string
  /** the number they called, or the one we showed */
  ourNumber?: string
  startedAtMs: number
  answeredAtMs?: number
  endedAtMs?: number
  /** how an outgoing call went, once known */
  outcome?:
    'answered' | 'busy' | 'noAnswer' | 'declined' | 'unknownNumber' | 'unavailable' | 'failed'
  recording: 'off' | 'on' | 'paused'
  held: boolean
  playing: boolean
  parties: PartyCard[]
}

export interface PartyCard {
  id: string
  kind: 'contact' | 'agent' | 'supervisor' | 'third'
  name: string
  agentId?: string
  number?: string
  device: 'browser' | 'telephone'
  state: 'ringing' | 'connected' | 'held' | 'gone'
  muted: boolean
  /** supervisors only */
  mode?: 'listen' | 'whisper' | 'barge'
  /** seconds-old figures of the line, for people who wonder why it crackles */
  quality?: { lostPercent: number; jitterMs: number }
}

/** What can be written to the contact where they write now. */
export interface Reach {
  accountId: string
  channel: Channel
  maxTextChars: number
  media: boolean
  /** the length is counted in segments (domain/sms-segments.ts) */
  segments: boolean
  /** absent: nothing limits what we write */
  window?: WindowView
  /** approved texts can be sent, also while the window is closed */
  templates: boolean
  /** approved texts are all that can be sent there */
  templatesOnly?: true
  /** why no invitation to talk in the browser can be sent now; of the error table */
  noInvite?: ErrorCode
}

/** The result of the command `line`. */
export interface LineResult {
  sdp: string
}
/** The result of the command `dial`. */
export interface DialResult {
  conversationId: string
}

/** The result of the command `writeTo`. */
export interface WriteResult {
  conversationId: string
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
  device: PhoneDevice
  /** the conversation whose call they are in */
  onCall?: string
}

export interface QueueCard {
  id: string
  name: { zh: string; en: string }
  waiting: number
  /** of those waiting: on the telephone */
  calls: number
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
  /** calls that began, in and out */
  calls: number
  /** of those abandoned: who was on the telephone */
  callsAbandoned: number
}

/** Calls at this moment, for everybody, whichever of them one may see. */
export interface CallsNow {
  /** with the flow */
  flow: number
  /** in a queue */
  waiting: number
  /** with a person */
  talking: number
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
      callsNow: CallsNow
      calls: CallCard[]
    }
  | { t: 'call'; call: CallCard }
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
  /** of an opened conversation: what may be written changed; absent: it goes on by telephone alone */
  | { t: 'reach'; conversationId: string; reach?: Reach }
  /** the visitor's page is open (true) or closed */
  | { t: 'presence'; conversationId: string; online: boolean }
  | { t: 'agent'; agent: AgentCard }
  | { t: 'agentGone'; agentId: string }
  | { t: 'queues'; queues: QueueCard[]; day: DayFigures; callsNow: CallsNow }
  | { t: 'done'; id: number; result?: unknown }
  | { t: 'refused'; id: number; error: WireError }
  /** a voicemail came, was heard, done or given to somebody: ask again (GET /voicemails/summary) */
  | { t: 'voicemail' }
  /** this session ended elsewhere (signed out, password reset, account disabled) */
  | { t: 'signedOut'; error: WireError }

/** The result of the command `open`. */
export interface OpenResult {
  card: ConversationCard
  messages: WireMessage[]
  /** messages older than the first one given can be had by REST */
  more: boolean
  reach?: Reach
}
