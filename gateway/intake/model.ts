/** Accounts, the inbox, conversations, messages and the outbox as stored. */
import mongoose from 'mongoose'
import type { Envelope } from '../../channels/channel.ts'
import type { Channel, Conversation } from '../domain/conversation.ts'
import type { DeliveryState, Message } from '../domain/message.ts'
import type { ReplyWindow } from '../domain/reply-window.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

export interface Account {
  _id: string
  channel: Channel
  name: string
  flowId: string
  lang: string
  enabled: boolean
  allowedOrigins: string[]
  title: Record<string, string>
  greeting: Record<string, string>
  /** voice: called numbers that lead here (telephony/match-number.ts) */
  numbers?: string[]
  /** voice: calls are recorded unless this is false */
  record?: boolean
  /** voice: the tune (gateway/prompts) for who waits or is held, where the queue has none of its own */
  holdTune?: string
  /** voice: the tune heard before the call is answered */
  ringback?: { tune: string; seconds: number }
  /** of a provider (channels/provider.ts AccountKind) */
  kind?: string
  settings?: Record<string, unknown>
  /** its secret fields, each sealed for itself (accounts/secret-fields.ts) */
  sealed?: Record<string, string>
  version: number
}
export const AccountModel = model<Account>(
  'Account',
  new Schema<Account>(
    {
      _id: String,
      channel: String,
      name: String,
      flowId: String,
      lang: String,
      enabled: Boolean,
      allowedOrigins: [String],
      title: Mixed,
      greeting: Mixed,
      numbers: { type: [String], default: undefined },
      record: Boolean,
      holdTune: String,
      ringback: Mixed,
      kind: String,
      settings: Mixed,
      sealed: Mixed,
      version: Number,
    },
    { ...plain, collection: 'accounts' },
  ),
)

/** Something a channel verified and must not lose: stored before the sender is told it arrived. */
export interface InboxRow extends Envelope {
  _id: string
  receivedAt: Date
  state: 'new' | 'done' | 'dead'
  attempts: number
  error?: string
}
const inboxSchema = new Schema<InboxRow>(
  {
    _id: String,
    accountId: String,
    channel: String,
    threadKey: String,
    dedupeKey: String,
    identity: Mixed,
    alsoKnownAs: { type: [Mixed], default: undefined },
    displayName: String,
    parts: [Mixed],
    lang: String,
    kind: String,
    grants: { type: [Mixed], default: undefined },
    scene: String,
    call: Mixed,
    conversationId: String,
    beside: Mixed,
    outcome: String,
    receivedAt: Date,
    state: String,
    attempts: Number,
    error: String,
  },
  { ...plain, collection: 'inbox' },
)
inboxSchema.index({ accountId: 1, dedupeKey: 1 }, { unique: true })
inboxSchema.index({ state: 1, _id: 1 })
// providers retry for minutes, browsers resume for days; afterwards the row has served
inboxSchema.index(
  { receivedAt: 1 },
  { expireAfterSeconds: 7 * 86_400, partialFilterExpression: { state: 'done' } },
)
export const InboxModel = model<InboxRow>('Inbox', inboxSchema)

const conversationSchema = new Schema<Conversation>(
  {
    _id: String,
    contactId: String,
    state: String,
    version: Number,
    lastSeq: Number,
    lang: String,
    legs: [Mixed],
    openKeys: { type: [String], default: undefined },
    bot: Mixed,
    expecting: Mixed,
    callback: Mixed,
    flowEnded: Boolean,
    flowRun: Mixed,
    waiting: Mixed,
    queueId: String,
    offer: Mixed,
    passedOver: [Mixed],
    agentId: String,
    lastAgentId: String,
    wrapUp: Mixed,
    wrapUpCode: String,
    emergency: Boolean,
    context: Mixed,
    preview: String,
    openedAt: Date,
    firstQueuedAt: Date,
    firstAcceptedAt: Date,
    lastActivityAt: Date,
    idleAt: Date,
    closedAt: Date,
    closeReason: String,
    pending: [Mixed],
  },
  { ...plain, collection: 'conversations' },
)
// one open conversation per thread, whatever else goes wrong
conversationSchema.index({ openKeys: 1 }, { unique: true, sparse: true })
conversationSchema.index({ state: 1, lastActivityAt: -1 })
conversationSchema.index({ contactId: 1, openedAt: -1 })
conversationSchema.index({ openedAt: -1 })
conversationSchema.index({ idleAt: 1 }, { sparse: true })
conversationSchema.index({ 'legs.threadKey': 1, openedAt: -1 })
conversationSchema.index({ 'pending._id': 1 }, { sparse: true })
export const ConversationModel = model<Conversation>('Conversation', conversationSchema)

const messageSchema = new Schema<Message>(
  {
    _id: String,
    conversationId: String,
    legId: String,
    seq: Number,
    direction: String,
    author: Mixed,
    parts: [Mixed],
    lang: String,
    spoken: Mixed,
    at: Date,
    dedupeKey: String,
    delivery: Mixed,
  },
  { ...plain, collection: 'messages' },
)
messageSchema.index({ conversationId: 1, seq: 1 }, { unique: true })
messageSchema.index(
  { conversationId: 1, dedupeKey: 1 },
  { unique: true, partialFilterExpression: { dedupeKey: { $exists: true } } },
)
messageSchema.index({ at: 1 })
export const MessageModel = model<Message>('Message', messageSchema)

/** A message on its way to a channel. The row is deleted when the channel took it. */
export interface OutboxRow {
  /** the message's id */
  _id: string
  conversationId: string
  legId: string
  accountId: string
  channel: Channel
  threadKey: string
  seq: number
  state: 'queued' | 'sending' | 'dead'
  attempts: number
  notBefore: Date
  expiresAt: Date
  leaseOwner?: string
  leaseUntil?: Date
  /** pieces the provider has taken so far */
  sentPieces?: number
  /** the first of those it was joined with, once some of them were taken: they stay together */
  joinedTo?: string
  /** may have arrived: nobody can know */
  unknown?: true
  error?: string
}
const outboxSchema = new Schema<OutboxRow>(
  {
    _id: String,
    conversationId: String,
    legId: String,
    accountId: String,
    channel: String,
    threadKey: String,
    seq: Number,
    state: String,
    attempts: Number,
    notBefore: Date,
    expiresAt: Date,
    leaseOwner: String,
    leaseUntil: Date,
    sentPieces: Number,
    joinedTo: String,
    unknown: Boolean,
    error: String,
  },
  { ...plain, collection: 'outbox' },
)
outboxSchema.index({ state: 1, _id: 1 })
outboxSchema.index({ accountId: 1, threadKey: 1, seq: 1 })
export const OutboxModel = model<OutboxRow>('Outbox', outboxSchema)

/** What the provider lets us write on a thread (domain/reply-window.ts). */
export interface StoredWindow extends ReplyWindow {
  /** legKey of the thread */
  _id: string
  /** the inbox row that granted last: a row handled twice grants once */
  inboxId: string
  /** when the last grant ends */
  endsAt: Date
}
const windowSchema = new Schema<StoredWindow>(
  { _id: String, grants: [Mixed], inboxId: String, endsAt: Date },
  { ...plain, collection: 'replyWindows' },
)
windowSchema.index({ endsAt: 1 }, { expireAfterSeconds: 86_400 })
export const WindowModel = model<StoredWindow>('ReplyWindow', windowSchema)

/** The provider's ids of what we sent, by which its reports name it. */
export interface SentId {
  /** `accountId|providerId` */
  _id: string
  messages: { id: string; conversationId: string; seq: number }[]
  at: Date
  /** a report that was quicker than our own record of the sending */
  early?: { state: DeliveryState; code?: string }
}
const sentIdSchema = new Schema<SentId>(
  { _id: String, messages: [Mixed], at: Date, early: Mixed },
  { ...plain, collection: 'sentIds' },
)
// carriers report for days, not for weeks
sentIdSchema.index({ at: 1 }, { expireAfterSeconds: 7 * 86_400 })
export const SentIdModel = model<SentId>('SentId', sentIdSchema)
