/**
 * What the visitor's side knows, as one pure function of what the server says and what the visitor does.
 * The view draws it, `chat.ts` turns it into frames; neither decides anything about messages.
 */
import {
  comparePlace,
  emptyTimeline,
  insertMessage,
  messageKey,
  newestFromOthers,
} from './timeline.ts'
import type { Timeline } from './timeline.ts'
import type { Outgoing } from './outgoing.ts'
import { discard, enqueue, settle, onRefused, onStored, onTick, retry } from './outgoing.ts'
import type {
  ChatStatus,
  Cursor,
  Lang,
  LocalError,
  MediaPreview,
  SayContent,
  ServerFrame,
  WireError,
} from './wire.ts'

export type Link = 'offline' | 'connecting' | 'online'

export interface ChatState extends Timeline {
  lang: Lang
  link: Link
  status: ChatStatus
  /** the visitor may start a call by themselves */
  calls: boolean
  visitorId?: string
  maxTextChars: number
  /** own words the server has not told back yet, oldest first */
  outgoing: readonly Outgoing[]
  /** the one on the wire; the next waits for its `stored`, so order survives refusals */
  inFlight?: { clientMsgId: string; sinceMs: number }
  /** agent has read the visitor's messages up to this seq, by conversation */
  agentRead: Readonly<Record<string, number>>
  /**
   * Everything up to here is held, so a new connection may go on after it. Not simply the newest message:
   * one that happens while `hello` is answered can overtake the replay of those before it.
   */
  resume?: Cursor
  /** the visitor has read up to here */
  readUpTo?: Cursor
  /** what this connection has told the server of it */
  told: { delivered?: Cursor; read?: Cursor }
  typing?: { name?: string; untilMs: number }
  notice?: { error: WireError | LocalError; atMs: number }
}

export type ChatEvent =
  | { type: 'frame'; frame: ServerFrame; nowMs: number }
  | {
      type: 'say'
      clientMsgId: string
      content: SayContent
      preview?: MediaPreview
      nowMs: number
    }
  | { type: 'sent'; clientMsgId: string; nowMs: number }
  | { type: 'retry'; clientMsgId: string }
  | { type: 'discard'; clientMsgId: string }
  | { type: 'link'; link: Link }
  | { type: 'lang'; lang: Lang }
  /** the visitor looks at the newest message */
  | { type: 'looked' }
  | { type: 'told'; state: 'delivered' | 'read'; cursor: Cursor }
  | { type: 'notice'; error: WireError | LocalError; nowMs: number }
  | { type: 'noticeSeen' }
  | { type: 'tick'; nowMs: number }

/** A server that forgets to say `typing: off` must not leave the dots there for ever. */
export const TYPING_EXPIRES_MS = 20_000
export const NOTICE_EXPIRES_MS = 10_000
const DEFAULT_MAX_TEXT = 4000

export function initialState(lang: Lang, held: Partial<ChatState> = {}): ChatState {
  return {
    ...emptyTimeline,
    lang,
    link: 'offline',
    status: { state: 'bot' },
    calls: false,
    maxTextChars: DEFAULT_MAX_TEXT,
    outgoing: [],
    agentRead: {},
    told: {},
    ...held,
  }
}

export function reduce(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case 'frame':
      return onFrame(state, event.frame, event.nowMs)
    case 'say':
      return enqueue(state, event)
    case 'sent':
      return { ...state, inFlight: { clientMsgId: event.clientMsgId, sinceMs: event.nowMs } }
    case 'retry':
      return retry(state, event.clientMsgId)
    case 'discard':
      return discard(state, event.clientMsgId)
    case 'link':
      return onLink(state, event.link)
    case 'lang':
      return { ...state, lang: event.lang }
    case 'looked':
      return onLooked(state)
    case 'told':
      return { ...state, told: { ...state.told, [event.state]: event.cursor } }
    case 'notice':
      return { ...state, notice: { error: event.error, atMs: event.nowMs } }
    case 'noticeSeen':
      return { ...state, notice: undefined }
    case 'tick':
      return onTick(expire(state, event.nowMs), event.nowMs)
  }
}

function onFrame(state: ChatState, frame: ServerFrame, nowMs: number): ChatState {
  switch (frame.t) {
    case 'ready':
      return onReady(state, frame)
    case 'stored':
      return onStored(state, frame.clientMsgId)
    case 'message': {
      const next = advance({ ...state, ...insertMessage(state, frame.message) }, frame.message)
      if (frame.message.author.kind === 'contact') return settle(next, frame.message)
      return { ...next, typing: undefined }
    }
    case 'read': {
      const before = state.agentRead[frame.conversationId] ?? 0
      if (frame.seq <= before) return state
      return { ...state, agentRead: { ...state.agentRead, [frame.conversationId]: frame.seq } }
    }
    case 'typing': {
      const typing = frame.on
        ? { untilMs: nowMs + TYPING_EXPIRES_MS, ...(frame.name && { name: frame.name }) }
        : undefined
      return { ...state, typing }
    }
    case 'status':
      return { ...state, status: frame.status, typing: undefined }
    case 'refused':
      return onRefused(state, frame, nowMs)
    case 'expired':
      return onLink(state, 'connecting')
    // the call listens for itself, see call/web-call.ts
    case 'callAnswer':
    case 'callEnded':
    case 'pong':
      return state
  }
}

function advance(state: ChatState, { conversationId, seq }: Cursor): ChatState {
  const { conversations, resume } = state
  const place = { conversationId, seq }
  if (state.link !== 'online') return state
  return resume && comparePlace(conversations, place, resume) <= 0
    ? state
    : { ...state, resume: place }
}

function onReady(state: ChatState, frame: Extract<ServerFrame, { t: 'ready' }>): ChatState {
  // another visitor's words must not stay on the screen; what was never sent belongs to who wrote it
  const stranger = state.visitorId !== undefined && state.visitorId !== frame.visitorId
  return {
    ...state,
    ...(stranger && { ...emptyTimeline, agentRead: {}, readUpTo: undefined, resume: undefined }),
    visitorId: frame.visitorId,
    status: frame.status,
    calls: frame.calls === true,
    maxTextChars: frame.maxTextChars,
    link: 'online',
  }
}

function onLink(state: ChatState, link: Link): ChatState {
  if (link === 'online') return { ...state, link }
  // nothing on a dead wire may count as said: it goes again, the server knows it by clientMsgId
  return { ...state, link, inFlight: undefined, told: {}, typing: undefined }
}

function onLooked(state: ChatState): ChatState {
  const newest = newestFromOthers(state)
  if (!newest) return state
  const { readUpTo } = state
  return readUpTo && messageKey(readUpTo) === messageKey(newest)
    ? state
    : { ...state, readUpTo: newest }
}

function expire(state: ChatState, nowMs: number): ChatState {
  const typingOver = state.typing && state.typing.untilMs <= nowMs
  const noticeOver = state.notice && state.notice.atMs + NOTICE_EXPIRES_MS <= nowMs
  if (!typingOver && !noticeOver) return state
  return {
    ...state,
    typing: typingOver ? undefined : state.typing,
    notice: noticeOver ? undefined : state.notice,
  }
}
