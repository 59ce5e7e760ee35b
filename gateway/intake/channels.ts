/** The channels that are connected, and what they are told of the conversations on them. */
import type {
  ChannelAdapter,
  ResumePoint,
  StandingNotice,
  ThreadView,
} from '../../channels/channel.ts'
import type { Bus } from '../bus/bus.ts'
import type { Channel, Conversation, Leg } from '../domain/conversation.ts'
import type { Message } from '../domain/message.ts'
import type { Conversations } from './conversations.ts'
import { readHistory } from './history.ts'
import { ConversationModel } from './model.ts'

/** A thread shows at most this much of its past. */
const MAX_REPLAY = 200
const MAX_CONVERSATIONS_REPLAYED = 10
/** People who wait are told their new place at most this often. */
const POSITIONS_EVERY_MS = 1000

export interface ChannelsOptions {
  bus: Bus
  conversations: Conversations
  agentName: (agentId: string) => string | undefined
  position: (conversationId: string) => { position: number; estimatedWaitMs?: number } | undefined
  onError: (error: unknown) => void
}

export class Channels {
  private readonly adapters = new Map<Channel, ChannelAdapter>()
  private readonly waiting = new Map<string, Conversation>()
  private positionsTimer: NodeJS.Timeout | undefined
  private readonly options: ChannelsOptions

  constructor(options: ChannelsOptions) {
    this.options = options
    const { bus } = options
    bus.subscribe('conversation', ({ before, after, messages }) =>
      this.tell(before, after, messages),
    )
    bus.subscribe('typing', ({ conversationId, from, on, name }) => {
      if (from !== 'agent') return
      void this.eachLeg(conversationId, (leg, adapter) => adapter.typing?.(leg, on, name))
    })
    bus.subscribe('readByAgent', ({ conversationId, seq }) => {
      void this.eachLeg(conversationId, (leg, adapter) =>
        adapter.readByAgent?.(leg, conversationId, seq),
      )
    })
  }

  add(adapter: ChannelAdapter): void {
    this.adapters.set(adapter.channel, adapter)
  }

  adapter(channel: Channel): ChannelAdapter | undefined {
    return this.adapters.get(channel)
  }

  async stop(): Promise<void> {
    clearTimeout(this.positionsTimer)
    await Promise.all([...this.adapters.values()].map((adapter) => adapter.stop()))
  }

  /** Is the contact's end connected: a page open, a phone off the hook. */
  online(conversation: Conversation): boolean {
    return conversation.legs.some((leg) => this.adapters.get(leg.channel)?.online?.(leg) ?? false)
  }

  standing(conversation: Conversation): StandingNotice {
    const { _id, state, agentId } = conversation
    const name = agentId && this.options.agentName(agentId)
    const place = conversation.waiting && this.options.position(_id)
    return {
      conversationId: _id,
      state,
      ...(name && { agentName: name }),
      ...(place && { position: place.position }),
      ...(place?.estimatedWaitMs !== undefined && { estimatedWaitMs: place.estimatedWaitMs }),
    }
  }

  /** What the contact may see of a thread, from where it stopped reading. */
  async thread(accountId: string, threadKey: string, after?: ResumePoint): Promise<ThreadView> {
    const conversations = await ConversationModel.find({
      'legs.threadKey': threadKey,
      legs: { $elemMatch: { accountId, threadKey } },
    })
      .sort({ openedAt: -1 })
      .limit(MAX_CONVERSATIONS_REPLAYED)
      .lean<Conversation[]>()
    const newest = conversations[0]
    if (!newest) return { messages: [] }
    const resumeAt = conversations.findIndex(({ _id }) => _id === after?.conversationId)
    // somebody who holds nothing is shown the conversation that is open, not all of the past
    const shown = resumeAt >= 0 ? conversations.slice(0, resumeAt + 1) : openOnes(conversations)
    const messages: Message[] = []
    for (const conversation of shown.reverse()) {
      const afterSeq = conversation._id === after?.conversationId ? after.seq : 0
      const page = await readHistory(conversation._id, { afterSeq, limit: MAX_REPLAY })
      // what is said on the telephone is heard there
      const elsewhere = conversation.legs.filter((leg) => leg.threadKey !== threadKey)
      const others = new Set(elsewhere.map(({ id }) => id))
      messages.push(
        ...page.messages.filter(
          ({ direction, legId }) => direction !== 'internal' && !(legId && others.has(legId)),
        ),
      )
    }
    return {
      conversation: newest,
      standing: this.standing(newest),
      messages: messages.slice(-MAX_REPLAY),
    }
  }

  private tell(before: Conversation | undefined, after: Conversation, messages: Message[]): void {
    for (const message of messages) {
      const leg = message.direction === 'in' && after.legs.find(({ id }) => id === message.legId)
      if (leg) this.adapters.get(leg.channel)?.echo?.(leg, message)
    }
    for (const leg of after.legs)
      this.adapters.get(leg.channel)?.changed?.(leg, { after, messages, ...(before && { before }) })
    if (after.waiting) this.waiting.set(after._id, after)
    else this.waiting.delete(after._id)
    const moved = before?.state !== after.state || before.agentId !== after.agentId
    if (moved) this.tellStanding(after)
    if (moved && (before?.waiting || after.waiting)) this.positionsChanged()
  }

  private tellStanding(conversation: Conversation): void {
    const notice = this.standing(conversation)
    for (const leg of conversation.legs) this.adapters.get(leg.channel)?.standing?.(leg, notice)
  }

  private positionsChanged(): void {
    this.positionsTimer ??= setTimeout(() => {
      this.positionsTimer = undefined
      for (const conversation of this.waiting.values()) this.tellStanding(conversation)
    }, POSITIONS_EVERY_MS)
  }

  private async eachLeg(
    conversationId: string,
    tell: (leg: Leg, adapter: ChannelAdapter) => void,
  ): Promise<void> {
    try {
      const conversation = await this.options.conversations.get(conversationId)
      for (const leg of conversation?.legs ?? []) {
        const adapter = this.adapters.get(leg.channel)
        if (adapter) tell(leg, adapter)
      }
    } catch (error) {
      this.options.onError(error)
    }
  }
}

function openOnes(conversations: Conversation[]): Conversation[] {
  return conversations.filter(({ state }) => state !== 'closed').slice(0, 1)
}
