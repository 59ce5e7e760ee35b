/** One matter of one contact, from first word to closing. The document is the unit of every atomic change. */
import type { FlowRun } from './flow-run.ts'
import type { Message } from './message.ts'

export type Channel =
  'voice' | 'webchat' | 'wechat' | 'wecom' | 'wechaty' | 'weibo' | 'sms' | 'email' | 'directline'

export type ConversationState = 'bot' | 'queued' | 'offered' | 'agent' | 'wrapUp' | 'closed'

/** One identity on one channel inside a conversation; a phone call is a leg too. */
export interface Leg {
  id: string
  accountId: string
  channel: Channel
  identityId: string
  /** the provider's thread: visitor id, openid, call id … */
  threadKey: string
  state: 'open' | 'ended'
  openedAt: Date
  endedAt?: Date
  /** on telephone legs */
  call?: LegCall
  /** what brought the contact here, e.g. the scene of a QR code or the subject of an e-mail */
  scene?: string
  /** it came along with a call, and the contact has written nothing on it so far */
  unused?: true
  /** the inbox row this leg handled last; a row handled twice after a crash is recognised by it */
  lastInboxId?: string
}

export interface LegCall {
  direction: 'in' | 'out'
  /** the contact's number; absent for a call from the browser, or when it is withheld */
  number?: string
  /** the number they called, or the one shown to them */
  ourNumber?: string
  /** runs this flow instead of the account's: a call we made for it */
  flowId?: string
  /** an agent called out: theirs from the first moment */
  agentId?: string
}

/**
 * What the contact's end is to do once it has said what the bot said: only telephones need to be told, in
 * writing people answer when they like.
 */
export type Expecting = { id: string } & (
  | {
      kind: 'answer'
      /** silence after the prompt that counts as no answer */
      timeoutMs: number
      bargeIn: boolean
      keys?: {
        minDigits: number
        maxDigits: number
        endKey?: '#' | '*'
        interDigitMs: number
        /** keys that mean something by themselves when they come first */
        instant?: string[]
      }
      /** open: more than the hints may be said */
      speech?: { hints: string[]; open?: boolean }
      /** heard over the music of a queue: what was dialled before was not meant for it */
      whileWaiting?: boolean
    }
  | { kind: 'voicemail'; mailbox: string; maxSeconds: number; minSeconds: number }
  | {
      kind: 'transfer'
      to: { kind: 'number' | 'extension'; value: string }
      ringSeconds: number
    }
)

export interface SkillRequirement {
  skill: string
  /** 1 (basic) … 5 (expert) */
  minLevel: number
}

export interface Waiting {
  queueId: string
  /** 0 is most urgent (emergency), 9 least; default 5 */
  priority: number
  skills: SkillRequirement[]
  enqueuedAt: Date
  reason: 'bot' | 'transfer' | 'emergency' | 'agentGone'
  /** asked for or last agent; others may take it after the queue's `preferredMs` */
  preferredAgentId?: string
  note?: string
}

export interface Offer {
  id: string
  agentId: string
  offeredAt: Date
  expiresAt: Date
}

export interface WrapUp {
  agentId: string
  startedAt: Date
  endsAt: Date
}

export interface Conversation {
  _id: string
  contactId: string
  state: ConversationState
  /** raised by every change and part of every write's filter */
  version: number
  lastSeq: number
  lang: string
  legs: Leg[]
  /** `accountId|threadKey` of the legs while the conversation is open; unique in the database */
  openKeys?: string[]
  /** the bot's own state (pins flow@version); opaque outside bots/host */
  bot?: unknown
  expecting?: Expecting
  /** an agent who takes it calls this number: the contact does not wait on the line */
  callback?: { number: string; accountId: string }
  /** how they go through their flow, for its figures */
  flowRun?: FlowRun
  /** the flow has nothing more to say; the conversation closes when the wrap-up is done */
  flowEnded?: boolean
  waiting?: Waiting
  /** the queue it waits in, or came to its agent from */
  queueId?: string
  offer?: Offer
  /** agents that declined or let an offer lapse, not to be asked again before `until` */
  passedOver: { agentId: string; until: Date }[]
  agentId?: string
  lastAgentId?: string
  wrapUp?: WrapUp
  wrapUpCode?: string
  emergency: boolean
  /** what the bot learned for the agent (attach, language, trail) */
  context: Record<string, unknown>
  preview: string
  openedAt: Date
  firstQueuedAt?: Date
  firstAcceptedAt?: Date
  lastActivityAt: Date
  /** when an idle conversation closes by itself */
  idleAt?: Date
  closedAt?: Date
  closeReason?: CloseReason
  /** messages given a seq here and not yet written to the message store (transactional outbox) */
  pending: Message[]
}

export type CloseReason = 'flowEnded' | 'finished' | 'idle' | 'abandoned' | 'staff'

export const legKey = (leg: { accountId: string; threadKey: string }): string =>
  `${leg.accountId}|${leg.threadKey}`

/** Who speaks next: while a human has the conversation, the bot is silent. */
export function turnOwner(state: ConversationState): 'bot' | 'agent' | 'nobody' {
  switch (state) {
    case 'bot':
    case 'wrapUp':
      return 'bot'
    case 'queued':
    case 'offered':
      // the flow is asked, but answers only to what it declared for waiting (cancel, emergency)
      return 'bot'
    case 'agent':
      return 'agent'
    case 'closed':
      return 'nobody'
  }
}
