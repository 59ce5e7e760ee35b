/**
 * Joins the live router to the store: its offers are conditional writes on the conversation, and what happens
 * to conversations is told to it. At start the queue is rebuilt from the store, so no place is lost.
 */
import type { Bus } from '../bus/bus.ts'
import type { Conversation } from '../domain/conversation.ts'
import { reduce } from '../domain/life-cycle.ts'
import type { Conversations } from '../intake/conversations.ts'
import { noticeDraft } from '../intake/effects.ts'
import { ConversationModel } from '../intake/model.ts'
import type { StoredDecision } from './model.ts'
import { DecisionModel } from './model.ts'
import { newId } from '../store/id.ts'
import type { Decision, OfferPort, RouterClock, WaitingItem } from './router.ts'
import { Router } from './router.ts'
import type { RoutingSettings } from './settings.ts'

export interface LiveRoutingOptions {
  bus: Bus
  conversations: Conversations
  settings: RoutingSettings
  clock: RouterClock
  /** the flow goes on at its time-out exit */
  onWaitedTooLong: (conversationId: string) => Promise<void>
  onLoad: (agentId: string, load: number) => void
  log: (event: string, data: object) => void
}

export class LiveRouting implements OfferPort {
  readonly router: Router
  private readonly options: LiveRoutingOptions
  /** conversations an agent serves or writes up */
  private readonly held = new Map<string, Set<string>>()
  /** of them those that are telephone calls */
  private readonly calls = new Set<string>()
  /** offers this node is putting back itself; the router learns of them by the port's answer */
  private readonly lapsing = new Set<string>()

  constructor(options: LiveRoutingOptions) {
    this.options = options
    const { clock, log } = options
    this.router = new Router({ port: this, clock, newId, log })
  }

  async start(): Promise<void> {
    const { settings, bus } = this.options
    this.router.setQueues(settings.queues)
    settings.onChange(() => this.router.setQueues(settings.queues))
    const open = await ConversationModel.find({
      state: { $in: ['queued', 'offered', 'agent', 'wrapUp', 'bot'] },
    }).lean<Conversation[]>()
    for (const conversation of open) this.restore(conversation)
    bus.subscribe('conversation', ({ before, after }) => this.follow(before, after))
  }

  /** Why it went where it went: the last decision on a conversation, also of earlier runs. */
  async lastDecision(conversationId: string): Promise<Decision | undefined> {
    const known = this.router.lastDecision(conversationId)
    if (known) return known
    const stored = await DecisionModel.findOne({ conversationId })
      .sort({ at: -1 })
      .lean<StoredDecision>()
    return stored?.decision
  }

  load(agentId: string): number {
    return this.held.get(agentId)?.size ?? 0
  }

  /** telephone calls an agent is in or writes up */
  callsOf(agentId: string): string[] {
    return [...(this.held.get(agentId) ?? [])].filter((id) => this.calls.has(id))
  }

  async offer(decision: Decision, expiresAtMs: number): Promise<'offered' | 'gone'> {
    const { conversationId, offerId, agentId } = decision
    const offer = {
      id: offerId,
      agentId,
      offeredAt: new Date(this.options.clock.now()),
      expiresAt: new Date(expiresAtMs),
    }
    if (!(await this.apply(conversationId, { type: 'offer', offer }))) return 'gone'
    // the offer stands already; a decision that cannot be kept only costs its explanation
    void DecisionModel.collection
      .insertOne({ _id: decision.id as never, conversationId, at: offer.offeredAt, decision })
      .catch((error: unknown) => this.options.log('decision not kept', { error: String(error) }))
    return 'offered'
  }

  async lapse(
    conversationId: string,
    offerId: string,
    passOverMs: number,
  ): Promise<'released' | 'gone'> {
    this.lapsing.add(offerId)
    try {
      const event = { type: 'release', offerId, why: 'expired', passOverMs } as const
      if (await this.apply(conversationId, event)) return 'released'
      // the agent declined in this very moment: that change was not told while we were lapsing
      const current = await this.options.conversations.get(conversationId)
      if (current?.state === 'queued') this.router.enqueue(waitingItem(current)!)
      return 'gone'
    } finally {
      this.lapsing.delete(offerId)
    }
  }

  waitedTooLong(conversationId: string): Promise<void> {
    return this.options.onWaitedTooLong(conversationId)
  }

  private async apply(
    conversationId: string,
    event: Parameters<typeof reduce>[1],
  ): Promise<boolean> {
    let applied = false
    await this.options.conversations.change(conversationId, (current) => {
      const reduced = reduce(current, event, this.options.clock.now())
      applied = reduced.ok
      return reduced.ok
        ? { next: reduced.next, drafts: reduced.notices.map(noticeDraft) }
        : undefined
    })
    return applied
  }

  private restore(conversation: Conversation): void {
    this.countLoad(undefined, conversation)
    const item = waitingItem(conversation)
    if (!item) return
    const { offer } = conversation
    if (offer) {
      this.router.restoreOffer(item, {
        offerId: offer.id,
        agentId: offer.agentId,
        expiresAtMs: offer.expiresAt.getTime(),
      })
    } else this.router.enqueue(item)
  }

  private follow(before: Conversation | undefined, after: Conversation): void {
    const { router } = this
    this.countLoad(before, after)
    const wasOffered = before?.state === 'offered'
    switch (after.state) {
      case 'offered':
        return
      case 'queued': {
        const item = waitingItem(after)!
        if (!wasOffered || sameWait(before, after) === false) return router.enqueue(item)
        if (!this.lapsing.has(before.offer!.id))
          router.offerAnswered(after._id, 'declined', item.passedOver)
        return
      }
      case 'agent':
        if (wasOffered && before.offer!.agentId === after.agentId)
          router.offerAnswered(after._id, 'accepted')
        else router.leave(after._id)
        return
      default:
        if (before?.waiting) router.leave(after._id)
    }
  }

  private countLoad(before: Conversation | undefined, after: Conversation): void {
    const had = holders(before)
    const wasCall = this.calls.has(after._id)
    const isCall = after.state !== 'closed' && lastLegIsCall(after)
    if (isCall) this.calls.add(after._id)
    else this.calls.delete(after._id)
    const has = holders(after)
    for (const agentId of new Set([...had, ...has])) {
      const held = this.held.get(agentId) ?? new Set()
      this.held.set(agentId, held)
      const sizeBefore = held.size
      if (has.includes(agentId)) held.add(after._id)
      else held.delete(after._id)
      if (held.size === sizeBefore && wasCall === isCall) continue
      this.router.setLoad(agentId, held.size, this.callsOf(agentId).length)
      this.options.onLoad(agentId, held.size)
    }
  }
}

function holders(conversation: Conversation | undefined): string[] {
  return [conversation?.agentId, conversation?.wrapUp?.agentId].filter((id) => id !== undefined)
}

/** A chat that became a call is one, for as long as its agent writes it up. */
const lastLegIsCall = ({ legs }: Conversation): boolean => legs.at(-1)?.channel === 'voice'

function sameWait(before: Conversation, after: Conversation): boolean {
  return before.waiting?.enqueuedAt.getTime() === after.waiting?.enqueuedAt.getTime() &&
    before.waiting?.queueId === after.waiting?.queueId
    ? before.waiting?.priority === after.waiting?.priority
    : false
}

export function waitingItem(conversation: Conversation): WaitingItem | undefined {
  const { waiting } = conversation
  if (!waiting) return undefined
  return {
    conversationId: conversation._id,
    queueId: waiting.queueId,
    priority: waiting.priority,
    skills: waiting.skills,
    enqueuedAtMs: waiting.enqueuedAt.getTime(),
    reason: waiting.reason,
    lang: conversation.lang,
    kind: lastLegIsCall(conversation) ? 'call' : 'chat',
    passedOver: conversation.passedOver.map(({ agentId, until }) => ({
      agentId,
      untilMs: until.getTime(),
    })),
    ...(waiting.preferredAgentId && { preferredAgentId: waiting.preferredAgentId }),
  }
}
