/** The desk as data: what the server told, plus what this agent has written. `reduce` is pure. */
import type {
  AgentCard,
  CallCard,
  CallsNow,
  ConversationCard,
  DayFigures,
  DeskFrame,
  Me,
  OpenResult,
  QueueCard,
  Reach,
  WireMessage,
} from '../../../gateway/desk/protocol.ts'
import { arrived, change, drop, forgetStored, settle } from './composer/compose.ts'
import type { ComposeBook, Pending } from './composer/compose.ts'
import { callArrived, callsAtWelcome } from './phone/calls.ts'
import { delivered, emptyThread, hasGap, older, opened, pushed } from './thread/threadState.ts'
import type { Thread } from './thread/threadState.ts'

export type LinkState = 'connecting' | 'online' | 'lost'

export interface DeskState {
  link: LinkState
  me: Me | undefined
  /** server clock minus this computer's, so that countdowns agree with the server */
  clockSkewMs: number
  cards: Record<string, ConversationCard>
  /** went out of sight while on screen: the thread stays readable with the reason above it */
  departed: Record<string, { card: ConversationCard; why: 'closed' | 'elsewhere' }>
  /** by conversation; one that ended is kept until its conversation is out of sight */
  calls: Record<string, CallCard>
  agents: Record<string, AgentCard>
  queues: QueueCard[]
  /** when the queue cards came, by the server's clock: waiting times go on from there */
  queuesAtMs: number
  day: DayFigures | undefined
  callsNow: CallsNow
  /** counts what happened in mailboxes, so that whoever shows them asks again */
  voicemails: number
  threads: Record<string, Thread>
  typing: Record<string, boolean>
  online: Record<string, boolean>
  /** what can be written to the contact of an opened conversation; absent: nothing is known */
  reach: Record<string, Reach>
  /** newest seq the agent has had on screen */
  read: Record<string, number>
  compose: ComposeBook
}

export const firstState: DeskState = {
  link: 'connecting',
  me: undefined,
  clockSkewMs: 0,
  cards: {},
  departed: {},
  calls: {},
  agents: {},
  queues: [],
  queuesAtMs: 0,
  day: undefined,
  callsNow: { flow: 0, waiting: 0, talking: 0 },
  voicemails: 0,
  threads: {},
  typing: {},
  online: {},
  reach: {},
  read: {},
  compose: {},
}

type PushFrame = Exclude<DeskFrame, { t: 'done' | 'refused' | 'signedOut' }>

export type DeskAction =
  | PushFrame
  | { t: 'link'; link: LinkState }
  | { t: 'opening'; conversationId: string }
  | { t: 'opened'; conversationId: string; afterSeq: number; result: OpenResult }
  | { t: 'older'; conversationId: string; messages: WireMessage[]; more: boolean }
  | { t: 'left'; conversationId: string }
  | { t: 'read'; conversationId: string; seq: number }
  | { t: 'draft'; conversationId: string; draft: string; note: boolean }
  | { t: 'sending'; conversationId: string; item: Pending }
  | {
      t: 'settled'
      conversationId: string
      clientMsgId: string
      outcome: Pick<Pending, 'state' | 'error'>
    }
  | { t: 'discarded'; conversationId: string; clientMsgId: string }

export function reduce(state: DeskState, action: DeskAction, nowMs: number): DeskState {
  switch (action.t) {
    case 'link':
      return { ...state, link: action.link }
    case 'welcome':
      return welcomed(state, action, nowMs)
    case 'call':
      return { ...state, calls: callArrived(state.calls, action.call, state.cards) }
    case 'conversation':
      return withCard(state, action.card)
    case 'gone':
      return gone(state, action.conversationId, action.why)
    case 'message': {
      const { message } = action
      const next = withThread(state, message.conversationId, (held) => pushed(held, message))
      return {
        ...next,
        compose: arrived(state.compose, [message]),
        typing:
          message.direction === 'in'
            ? { ...state.typing, [message.conversationId]: false }
            : state.typing,
      }
    }
    case 'delivery':
      return withThread(state, action.conversationId, (held) =>
        delivered(held, action.seq, action.state, action.code),
      )
    case 'typing':
      return { ...state, typing: { ...state.typing, [action.conversationId]: action.on } }
    case 'reach':
      return withReach(state, action.conversationId, action.reach)
    case 'presence':
      return { ...state, online: { ...state.online, [action.conversationId]: action.online } }
    case 'agent':
      return { ...state, agents: { ...state.agents, [action.agent.id]: action.agent } }
    case 'agentGone':
      return { ...state, agents: without(state.agents, action.agentId) }
    case 'queues':
      return {
        ...state,
        queues: action.queues,
        queuesAtMs: nowMs + state.clockSkewMs,
        day: action.day,
        callsNow: action.callsNow,
      }
    case 'voicemail':
      return { ...state, voicemails: state.voicemails + 1 }
    case 'opening':
      return state.threads[action.conversationId]
        ? state
        : { ...state, threads: { ...state.threads, [action.conversationId]: emptyThread } }
    case 'opened': {
      const { conversationId, afterSeq, result } = action
      const next = withThread(state, conversationId, (held) =>
        opened(held, afterSeq, { ...result, lastSeq: result.card.lastSeq }),
      )
      const reached = withReach(next, conversationId, result.reach)
      return { ...reached, compose: arrived(next.compose, result.messages) }
    }
    case 'older':
      return withThread(state, action.conversationId, (held) =>
        older(held, action.messages, action.more),
      )
    case 'left':
      return {
        ...state,
        threads: without(state.threads, action.conversationId),
        departed: without(state.departed, action.conversationId),
        reach: without(state.reach, action.conversationId),
      }
    case 'read':
      return (state.read[action.conversationId] ?? 0) >= action.seq
        ? state
        : { ...state, read: { ...state.read, [action.conversationId]: action.seq } }
    case 'draft':
      return composed(state, action.conversationId, ({ pending }) => ({
        draft: action.draft,
        note: action.note,
        pending,
      }))
    case 'sending':
      return composed(state, action.conversationId, (compose) => ({
        ...compose,
        pending: [...compose.pending, action.item],
      }))
    case 'settled': {
      const { conversationId, clientMsgId, outcome } = action
      return { ...state, compose: settle(state.compose, conversationId, clientMsgId, outcome) }
    }
    case 'discarded':
      return { ...state, compose: drop(state.compose, action.conversationId, action.clientMsgId) }
  }
}

/** The whole picture again: everything told before is replaced, everything written here stays. */
function welcomed(
  state: DeskState,
  frame: Extract<DeskFrame, { t: 'welcome' }>,
  nowMs: number,
): DeskState {
  const cards = Object.fromEntries(frame.conversations.map((card) => [card.id, card]))
  const departed = { ...state.departed }
  for (const id of Object.keys(state.threads)) {
    const card = state.cards[id]
    if (card && !cards[id]) departed[id] = { card, why: 'elsewhere' }
    if (cards[id]) delete departed[id]
  }
  const inSight = (id: string) => id in cards || id in departed
  return {
    ...state,
    link: 'online',
    me: frame.me,
    clockSkewMs: frame.nowMs - nowMs,
    cards,
    departed,
    calls: callsAtWelcome(state.calls, frame.calls, inSight, frame.nowMs),
    agents: Object.fromEntries(frame.agents.map((agent) => [agent.id, agent])),
    queues: frame.queues,
    queuesAtMs: frame.nowMs,
    day: frame.day,
    callsNow: frame.callsNow,
    typing: {},
    online: {},
    compose: only(forgetStored(state.compose), inSight),
    read: only(state.read, inSight),
  }
}

function withCard(state: DeskState, card: ConversationCard): DeskState {
  const known = state.cards[card.id]
  // frames may overtake each other on the way through the bus; the version says which is newer
  if (known && known.version > card.version) return state
  const left = state.departed[card.id]
  // a thread on screen goes on being told of although the conversation is out of sight for good
  if (left && !known && !concerns(card, state.me?.id))
    return { ...state, departed: { ...state.departed, [card.id]: { ...left, card } } }
  return {
    ...state,
    cards: { ...state.cards, [card.id]: card },
    departed: without(state.departed, card.id),
  }
}

/** In a queue, or held out to, served or written up by me. */
function concerns(card: ConversationCard, myId: string | undefined): boolean {
  return (
    ['queued', 'offered'].includes(card.state) ||
    (myId !== undefined && [card.agentId, card.wrapUp?.agentId].includes(myId))
  )
}

function gone(state: DeskState, id: string, why: 'closed' | 'elsewhere'): DeskState {
  const card = state.cards[id]
  return {
    ...state,
    cards: without(state.cards, id),
    calls: without(state.calls, id),
    departed:
      card && state.threads[id] ? { ...state.departed, [id]: { card, why } } : state.departed,
    typing: without(state.typing, id),
    online: without(state.online, id),
  }
}

function withThread(state: DeskState, id: string, edit: (thread: Thread) => Thread): DeskState {
  const held = state.threads[id]
  // pushed for a conversation that was left meanwhile
  if (!held) return state
  const next = edit(held)
  return next === held ? state : { ...state, threads: { ...state.threads, [id]: next } }
}

function withReach(state: DeskState, id: string, reach: Reach | undefined): DeskState {
  return {
    ...state,
    reach: reach ? { ...state.reach, [id]: reach } : without(state.reach, id),
  }
}

function composed(state: DeskState, id: string, edit: Parameters<typeof change>[2]): DeskState {
  return { ...state, compose: change(state.compose, id, edit) }
}

/** What was written for a conversation that ended long ago would lie on this computer for ever. */
function only<T>(record: Record<string, T>, wanted: (key: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => wanted(key)))
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  if (!(key in record)) return record
  const rest = { ...record }
  delete rest[key]
  return rest
}

/** Opened conversations with a hole in what was pushed, and from where to ask again. */
export function missing(state: DeskState): { conversationId: string; afterSeq: number }[] {
  return Object.entries(state.threads)
    .filter(([, thread]) => thread.loaded && hasGap(thread))
    .map(([conversationId, thread]) => ({ conversationId, afterSeq: thread.completeTo }))
}
