/**
 * The contract every channel fulfils. A channel verifies what comes, hands it to the intake, which stores it
 * before the sender is told it arrived, and sends what the outbox gives it. It knows nothing of bots.
 */
import type {
  Channel,
  Conversation,
  ConversationState,
  Leg,
  LegCall,
} from '../gateway/domain/conversation.ts'
import type { IdentityClaim } from '../gateway/domain/contact.ts'
import type { DeliveryState, Message, Part } from '../gateway/domain/message.ts'
import type { WindowGrant } from '../gateway/domain/reply-window.ts'

/** Something that came in, verified and normalised. */
export interface Envelope {
  accountId: string
  channel: Channel
  threadKey: string
  /** the channel's own id of it, unique per account: a repeat is recognised by it */
  dedupeKey: string
  identity: IdentityClaim
  /** more of what the provider proves about the same person, e.g. the unionid beside the openid */
  alsoKnownAs?: IdentityClaim[]
  /** the name they show there: self-asserted, taken where the contact has none yet */
  displayName?: string
  parts: Part[]
  lang?: string
  kind: EnvelopeKind
  /** what the provider lets us answer because of this */
  grants?: WindowGrant[]
  /** of `arrive`, or of the first message: what brought them, e.g. the scene of a QR code */
  scene?: string
  /** of `call` */
  call?: LegCall
  /** of `call`: the conversation it belongs to, where it is no new one */
  conversationId?: string
  /** of `call`: where the same contact writes; the call belongs to the conversation there, or opens one for both */
  beside?: { channel: Channel; threadKey: string }
  /** of `hangUp`: contact, agent, fault, restart …; of `transferred`: how it went */
  outcome?: string
}

/**
 * message: said by the contact. arrive: they came without a word, by following, scanning or opening the chat;
 * the flow greets them unless a conversation is under way. leave: they wait no longer. lang: another language.
 * call: a telephone leg begins. silence: no answer in time. hangUp: the leg is over.
 * transferred: a call the flow had passed to a telephone outside came back, or never got there.
 * notStored: the message they left for a mailbox could not be kept.
 */
export type EnvelopeKind =
  | 'message'
  | 'arrive'
  | 'leave'
  | 'lang'
  | 'call'
  | 'silence'
  | 'hangUp'
  | 'transferred'
  | 'notStored'

export interface Receipt {
  accountId: string
  threadKey: string
  conversationId: string
  /** everything up to this seq reached that state */
  seq: number
  state: Extract<DeliveryState, 'delivered' | 'read'>
}

/** Where a client says it stopped reading. */
export interface ResumePoint {
  conversationId: string
  seq: number
}

/** A thread as its contact may see it. */
export interface ThreadView {
  /** the open conversation, or the last one; undefined for somebody new */
  conversation?: Conversation
  standing?: StandingNotice
  /** after the resume point, oldest first, over one conversation after the other; nothing internal */
  messages: Message[]
}

/** What the gateway gives a channel. */
export interface ChannelContext {
  /** resolves once it is on disk; 'duplicate' when it had been stored before */
  receive(envelope: Envelope): Promise<'new' | 'duplicate'>
  receipt(receipt: Receipt): Promise<void>
  typing(accountId: string, threadKey: string, on: boolean): Promise<void>
  presence(accountId: string, threadKey: string, online: boolean): Promise<void>
  thread(accountId: string, threadKey: string, after?: ResumePoint): Promise<ThreadView>
}

/** What the provider says later of something it took. */
export interface DeliveryReport {
  accountId: string
  /** one of the `providerIds` the send was answered with */
  providerId: string
  state: Extract<DeliveryState, 'sent' | 'delivered' | 'read' | 'failed' | 'expired'>
  /** the provider's code of a failure */
  code?: string
}

export type SendResult =
  | {
      ok: true
      state: Extract<DeliveryState, 'sent' | 'delivered'>
      /** every id a later DeliveryReport may name it by */
      providerIds?: string[]
    }
  /** never: a permanent refusal; later: worth trying again; unknown: nobody can tell whether it arrived */
  | {
      ok: false
      retry: 'never' | 'later' | 'unknown'
      afterMs?: number
      /** ours or the provider's, e.g. '45015' */
      code: string
      /** of a message that goes out in several pieces: how many of them were taken, this time and before */
      sentPieces?: number
      /** the ids of those pieces */
      providerIds?: string[]
      /** the whole account must rest, e.g. a rate limit: nothing of it is sent meanwhile */
      pauseAccountMs?: number
      /** the provider says that the window is closed or used up, whatever we had counted */
      windowClosed?: true
    }

/** A change of a conversation, as it was committed. */
export interface Committed {
  before?: Conversation
  after: Conversation
  /** those the change added, in seq order */
  messages: Message[]
}

export interface OutgoingMessage {
  /** where several were joined: the first one, with the parts of all of them */
  message: Message
  leg: Pick<Leg, 'id' | 'accountId' | 'threadKey' | 'channel'>
  /** so many pieces of it were taken at an attempt before; only the rest is to be sent */
  sentPieces?: number
}

/** How the conversation stands, told to the contact where the channel can show it. */
export interface StandingNotice {
  conversationId: string
  state: ConversationState
  agentName?: string
  position?: number
  estimatedWaitMs?: number
}

export type ThreadOf = Pick<Leg, 'accountId' | 'threadKey'>

/** Where we write to somebody who has not written there. */
export interface FirstWord {
  accountId: string
  /** as a person types it: a telephone number, an e-mail address */
  to: string
  /** of an e-mail */
  subject?: string
  /** the same one is the same thread, where an address may have several */
  conversationId: string
}

export interface BegunThread {
  threadKey: string
  /** whoever is there: nothing is known of them but this */
  identity: IdentityClaim
}

export interface ChannelAdapter {
  readonly channel: Channel
  readonly capabilities: {
    /** sending the same message twice shows it once, so a send may be repeated after a crash */
    idempotentSend: boolean
    typing: boolean
    quickReplies: boolean
    cards: boolean
    media: boolean
    maxTextChars: number
    /** how long a text may be is counted in segments of SMS */
    segments?: boolean
    /** we may write only what was granted (domain/reply-window.ts); `pieces` says how much a message takes */
    replyWindow?: boolean
    /** messages that wait for the same thread may be sent as one, to save what is granted */
    joins?: boolean
    /** an agent may write first: `beginThread` makes the thread */
    writesFirst?: boolean
  }
  /** how many of the provider's messages this one becomes */
  pieces?(message: Message): number
  /**
   * The thread with an address; nothing is sent so far.
   * @throws BAD_MOBILE, BAD_EMAIL, SUBJECT_NEEDED, OPTED_OUT, ACCOUNT_DISABLED
   */
  beginThread?(word: FirstWord): Promise<BegunThread>
  /** nothing but approved texts can be sent on this account */
  templatesOnly?(accountId: string): boolean
  send(outgoing: OutgoingMessage): Promise<SendResult>
  /** the contact's own message has its place in the conversation now */
  echo?(leg: ThreadOf, message: Message): void
  typing?(leg: ThreadOf, on: boolean, name?: string): void
  standing?(leg: ThreadOf, notice: StandingNotice): void
  /** the conversation of one of its legs changed; told at the moment of the commit, before `send` */
  changed?(leg: Leg, change: Committed): void
  /** the agent has read up to this seq */
  readByAgent?(leg: ThreadOf, conversationId: string, seq: number): void
  /**
   * What else the provider proves about who writes there, where that takes a question of its own. Asked when what
   * they sent is stored and acknowledged; may reject.
   */
  alsoKnownAs?(leg: ThreadOf): Promise<IdentityClaim[]>
  /** everybody can read what is written there, as under a post: nothing meant for the contact alone */
  isPublic?(leg: ThreadOf): boolean
  /** is the contact's end connected at this moment */
  online?(leg: ThreadOf): boolean
  stop(): Promise<void>
}
