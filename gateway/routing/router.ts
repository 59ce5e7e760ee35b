/**
 * The live router: hears what changes, pairs at once, writes every offer through one conditional
 * write, and never polls. The store is the truth: a conversation kept here by mistake costs one
 * write that answers 'gone', one forgotten would wait for ever, so doubt keeps it.
 */
import type { Queue } from '../domain/queue.ts'
import { Book } from './book.ts'
import type { AgentSlot, Decision, WaitingItem } from './decision.ts'
import { expectedWaitMs, REMEMBERED_ACCEPTS } from './estimate.ts'
import { explainWaiting } from './explain.ts'
import type { WaitingExplanation } from './explain.ts'
import { admits } from './match.ts'
import { isFree } from './need.ts'
import type { RouterClock } from './router-clock.ts'
import { Offers, sameWish } from './router-offers.ts'
import type { OfferPort, RouterChange } from './router-port.ts'

export type { AgentSlot, Decision, WaitingItem } from './decision.ts'
export type { WaitingExplanation } from './explain.ts'
export type { RouterClock } from './router-clock.ts'
export type { OfferPort, RouterChange } from './router-port.ts'
export { systemClock } from './router-clock.ts'

/** Decisions remembered for people who ask afterwards. */
const REMEMBERED_DECISIONS = 2_000

export interface RouterOptions {
  port: OfferPort
  clock: RouterClock
  newId: () => string
  onChange?: (change: RouterChange) => void
  log?: (event: string, data: object) => void
}

export class Router {
  readonly #clock: RouterClock
  readonly #tell: (change: RouterChange) => void
  readonly #book = new Book()
  readonly #offers: Offers
  readonly #decisions = new Map<string, Decision>()
  /** when conversations of a queue were accepted lately, oldest first */
  readonly #accepts = new Map<string, number[]>()
  #woken = false
  #stopped = false

  constructor(options: RouterOptions) {
    this.#clock = options.clock
    this.#tell = options.onChange ?? (() => undefined)
    this.#offers = new Offers({
      port: options.port,
      clock: options.clock,
      newId: options.newId,
      book: this.#book,
      wake: () => this.#wake(),
      tell: this.#tell,
      log: options.log ?? (() => undefined),
    })
  }

  /** Replaces all queues, hot: who waits keeps the place, who rings goes on ringing. */
  setQueues(queues: Queue[]): void {
    this.#book.setQueues(queues)
    for (const waiter of this.#book.waiters.values())
      if (waiter.state === 'waiting') this.#offers.place(waiter)
    this.#wake()
  }

  setAgent(slot: AgentSlot): void {
    const agent = this.#book.agent(slot.agentId)
    if (agent.offers.size > 0 && slot.load > (agent.slot?.load ?? slot.load)) agent.counted = true
    this.#book.setAgent(
      {
        ...slot,
        queueIds: [...slot.queueIds],
        skills: { ...slot.skills },
        capacity: { ...slot.capacity },
      },
      this.#clock.now(),
    )
    if (slot.state === 'offline') this.#offers.takeBack(agent)
    this.#wake()
  }

  /** The agent signed out or vanished; what rang there is taken back at once. */
  removeAgent(agentId: string): void {
    const agent = this.#book.agents.get(agentId)
    if (!agent) return
    this.#offers.takeBack(agent)
    this.#book.removeAgent(agent, this.#clock.now())
    this.#wake()
  }

  setLoad(agentId: string, load: number, calls = 0): void {
    const agent = this.#book.agents.get(agentId)
    if (!agent?.slot) return
    if (agent.offers.size > 0 && load > agent.slot.load) agent.counted = true
    this.#book.setLoad(agent, load, calls)
    this.#wake()
  }

  /**
   * The conversation waits. Known already: its facts are updated, its place follows from them. While
   * it rings, a real change takes the offer back first, since nobody knows which write came last.
   */
  enqueue(given: WaitingItem): void {
    const item = { ...given, skills: [...given.skills], passedOver: [...given.passedOver] }
    const waiter = this.#book.waiters.get(item.conversationId)
    if (!waiter) {
      this.#offers.place(this.#book.add(item))
      this.#change('enqueued', item)
      return
    }
    if (waiter.state === 'offered' && sameWish(waiter.item, item)) return
    this.#offers.update(waiter, item)
    this.#change('updated', item)
  }

  /** Accepted elsewhere, abandoned or closed: a pending offer ends with it. */
  leave(conversationId: string): void {
    const waiter = this.#book.waiters.get(conversationId)
    if (waiter) this.#offers.drop(waiter, 'left')
  }

  /** At start, from the store: goes on ringing until it was to expire anyway. */
  restoreOffer(
    item: WaitingItem,
    offer: { offerId: string; agentId: string; expiresAtMs: number },
  ): void {
    if (this.#book.waiters.has(item.conversationId)) return
    const waiter = this.#book.add({ ...item, passedOver: [...item.passedOver] })
    const { offerId: id, agentId, expiresAtMs } = offer
    waiter.offer = { id, agentId, expiresAtMs, passOverMs: waiter.queue.passOverMs }
    this.#book.reserve(waiter, this.#book.agent(agentId))
    this.#offers.ring(waiter)
    this.#change('enqueued', item)
  }

  /**
   * After the desk's own conditional write. An acceptance counts as load until the desk next tells
   * the load, so that the agent is not offered too much in between.
   */
  offerAnswered(
    conversationId: string,
    outcome: 'accepted' | 'declined' | 'agentGone',
    passedOver?: { agentId: string; untilMs: number }[],
  ): void {
    const waiter = this.#book.waiters.get(conversationId)
    if (!waiter) return
    if (outcome !== 'accepted') {
      this.#offers.refused(waiter, outcome, passedOver)
      return
    }
    const { agent, item } = waiter
    const accepts = this.#accepts.get(item.queueId) ?? []
    accepts.push(this.#clock.now())
    if (accepts.length > REMEMBERED_ACCEPTS) accepts.shift()
    this.#accepts.set(item.queueId, accepts)
    if (agent?.slot && !agent.counted) {
      const calls = (agent.slot.calls ?? 0) + (item.kind === 'call' ? 1 : 0)
      this.#book.setLoad(agent, agent.slot.load + 1, calls)
    }
    waiter.accepted = true
    this.#offers.drop(waiter, 'accepted')
  }

  /** Place from the front, 1 first, among all not yet answered in the queue; ringing ones keep theirs. */
  position(
    conversationId: string,
  ): { position: number; waiting: number; estimatedWaitMs?: number } | undefined {
    const waiter = this.#book.waiters.get(conversationId)
    const order = waiter && this.#book.queues.get(waiter.item.queueId)?.order
    if (!order) return undefined
    const position = order.indexOf(waiter) + 1
    const accepts = this.#accepts.get(waiter.item.queueId) ?? []
    const estimatedWaitMs = expectedWaitMs(position, accepts, this.#clock.now())
    return {
      position,
      waiting: order.size,
      ...(estimatedWaitMs !== undefined && { estimatedWaitMs }),
    }
  }

  explain(conversationId: string): WaitingExplanation | undefined {
    const waiter = this.#book.waiters.get(conversationId)
    return waiter && explainWaiting(waiter, this.#book.agents.values(), this.#clock.now())
  }

  /** Also for a while after the conversation was answered. */
  lastDecision(conversationId: string): Decision | undefined {
    return this.#decisions.get(conversationId)
  }

  /** `waiting` are those nobody rings for at the moment; `ready` the free agents the queue admits. */
  snapshot(): {
    queues: {
      queueId: string
      waiting: number
      longestWaitMs: number
      offered: number
      ready: number
    }[]
  } {
    const now = this.#clock.now()
    const queues = [...this.#book.queues].map(([queueId, { queue, order }]) => {
      let offered = 0
      let since = now
      for (const { agent, item } of order) {
        if (agent) offered++
        since = Math.min(since, item.enqueuedAtMs)
      }
      let ready = 0
      for (const agent of this.#book.agents.values())
        if (agent.slot && isFree(agent, 'call') && admits(queue, agent.slot)) ready++
      return { queueId, waiting: order.size - offered, longestWaitMs: now - since, offered, ready }
    })
    return { queues }
  }

  stop(): void {
    this.#stopped = true
    this.#offers.stop()
  }

  /** Pairs are made at the end of the turn: what is told together is weighed together. */
  #wake(): void {
    if (this.#woken || this.#stopped) return
    this.#woken = true
    queueMicrotask(() => {
      this.#woken = false
      if (this.#stopped) return
      const now = this.#clock.now()
      for (const match of this.#book.matches(now)) this.#remember(this.#offers.start(match, now))
    })
  }

  #remember(decision: Decision): void {
    this.#decisions.delete(decision.conversationId)
    this.#decisions.set(decision.conversationId, decision)
    if (this.#decisions.size <= REMEMBERED_DECISIONS) return
    for (const oldest of this.#decisions.keys()) {
      this.#decisions.delete(oldest)
      break
    }
  }

  #change(type: 'enqueued' | 'updated', { conversationId, queueId }: WaitingItem): void {
    this.#tell({ type, conversationId, queueId })
  }
}
