/**
 * The router's book: who waits, who is free, and which pairs are due. In memory, without timers or
 * I/O; the caller says what changed and then takes the matches.
 */
import type { Queue } from '../domain/queue.ts'
import type { AgentSlot, WaitingItem } from './decision.ts'
import { isHeldFor } from './match.ts'
import type { Agent, Waiter } from './need.ts'
import { compareWaiters, isFree, Need, needKey, newWaiter, tellAt } from './need.ts'
import { Ordered } from './ordered.ts'
import { plainQueue } from './plain-queue.ts'
import { compareUrgency, isEmergency, rank } from './score.ts'

export interface Match {
  waiter: Waiter
  agent: Agent
  /** where they met; absent when the conversation was held for this very agent */
  need?: Need
}

interface QueueBook {
  queue: Queue
  order: Ordered<Waiter>
}

/** Empty needs are kept for the next visitor, as the lists of free agents cost most; beyond this many they go. */
const KEEP_NEEDS = 1_024

export class Book {
  readonly queues = new Map<string, QueueBook>()
  readonly agents = new Map<string, Agent>()
  readonly waiters = new Map<string, Waiter>()
  readonly #needs = new Map<string, Need>()
  #keepNeeds = KEEP_NEEDS
  /** where a new pair may have become possible since the last matches */
  readonly #hot = new Set<Need>()
  readonly #hotHeld = new Set<Waiter>()

  /**
   * Replaces all queues; who waits must be placed anew by the caller. A queue gone from the list
   * serves those who still wait in it by its last rules.
   */
  setQueues(queues: readonly Queue[]): void {
    for (const waiter of this.waiters.values()) this.unplace(waiter)
    const left = new Map(this.queues)
    this.queues.clear()
    for (const queue of queues) this.#openQueue(queue)
    for (const [id, { queue, order }] of left)
      if (!this.queues.has(id) && order.size > 0) this.#openQueue(queue)
    this.#dropNeeds(() => true)
    for (const waiter of this.waiters.values()) {
      const { queue, order } = this.#queueOf(waiter.item.queueId)
      if (waiter.queue.maxWaitMs !== queue.maxWaitMs) waiter.tellAtMs = tellAt(waiter.item, queue)
      waiter.queue = queue
      waiter.rank = rank(waiter.item, queue)
      order.add(waiter)
    }
  }

  add(item: WaitingItem): Waiter {
    const { queue, order } = this.#queueOf(item.queueId)
    const waiter = newWaiter(item, queue)
    this.waiters.set(item.conversationId, waiter)
    order.add(waiter)
    this.#wish(waiter, true)
    return waiter
  }

  /** New facts about a conversation that is not placed at the moment. */
  update(waiter: Waiter, item: WaitingItem): void {
    this.#wish(waiter, false)
    this.queues.get(waiter.item.queueId)?.order.remove(waiter)
    const { queue, order } = this.#queueOf(item.queueId)
    if (waiter.item.enqueuedAtMs !== item.enqueuedAtMs || waiter.queue !== queue)
      waiter.tellAtMs = tellAt(item, queue)
    Object.assign(waiter, { item, queue, emergency: isEmergency(item), rank: rank(item, queue) })
    order.add(waiter)
    this.#wish(waiter, true)
  }

  drop(waiter: Waiter): void {
    this.unplace(waiter)
    this.release(waiter)
    this.#wish(waiter, false)
    this.queues.get(waiter.item.queueId)?.order.remove(waiter)
    this.waiters.delete(waiter.item.conversationId)
  }

  /** Puts a waiting conversation where it can be matched: with its need, or with the agent it is held for. */
  place(waiter: Waiter, nowMs: number): void {
    const { item } = waiter
    const preferred =
      item.preferredAgentId === undefined ? undefined : this.agents.get(item.preferredAgentId)
    if (preferred && isHeldFor(item, waiter.queue, preferred.slot, nowMs)) {
      waiter.heldBy = preferred
      preferred.held.add(waiter)
      if (isFree(preferred, item.kind)) this.#hotHeld.add(waiter)
      return
    }
    const need = this.#needFor(waiter)
    waiter.need = need
    need.waiting.add(waiter)
    if (need.free.size > 0) this.#hot.add(need)
  }

  unplace(waiter: Waiter): void {
    waiter.need?.waiting.remove(waiter)
    waiter.heldBy?.held.delete(waiter)
    this.#hotHeld.delete(waiter)
    delete waiter.need
    delete waiter.heldBy
  }

  setAgent(slot: AgentSlot, nowMs: number): void {
    const agent = this.agent(slot.agentId)
    const before = agent.slot
    this.#unlist(agent)
    agent.slot = slot
    if (!before || !sameAbilities(before, slot))
      agent.needs = [...this.#needs.values()].filter((need) => need.isFor(slot))
    this.#list(agent)
    if (before?.state !== slot.state || !sameAbilities(before, slot)) this.#replace(agent, nowMs)
  }

  removeAgent(agent: Agent, nowMs: number): void {
    this.#unlist(agent)
    delete agent.slot
    agent.needs = []
    this.#replace(agent, nowMs)
    this.#forget(agent)
  }

  setLoad(agent: Agent, load: number, calls: number): void {
    if (!agent.slot || (agent.slot.load === load && agent.slot.calls === calls)) return
    this.#unlist(agent)
    agent.slot = { ...agent.slot, load, calls }
    this.#list(agent)
  }

  /** The record of an agent, made when an offer or a wish names one who has not shown up yet. */
  agent(id: string): Agent {
    let agent = this.agents.get(id)
    if (!agent) {
      agent = {
        id,
        offers: new Set(),
        needs: [],
        listed: false,
        wishes: new Set(),
        held: new Set(),
        counted: false,
      }
      this.agents.set(id, agent)
    }
    return agent
  }

  reserve(waiter: Waiter, agent: Agent): void {
    this.unplace(waiter)
    this.#unlist(agent)
    agent.offers.add(waiter)
    agent.counted = false
    waiter.agent = agent
  }

  /** Ends the reservation, if there is one. */
  release(waiter: Waiter): void {
    const { agent } = waiter
    if (!agent) return
    delete waiter.agent
    agent.offers.delete(waiter)
    this.#list(agent)
    this.#forget(agent)
  }

  /** The pairs due now, the most urgent conversation of all first. Each must be reserved before the next is asked for. */
  *matches(nowMs: number): Generator<Match> {
    const due = new Ordered<Match>(
      (a, b) => compareUrgency(a.waiter, b.waiter, nowMs),
      [
        ...[...this.#hot].flatMap((need) => bestOf(need, nowMs)),
        ...[...this.#hotHeld].map((waiter) => ({ waiter, agent: waiter.heldBy! })),
      ],
    )
    this.#hot.clear()
    this.#hotHeld.clear()
    for (let match = due.shift(); match; match = due.shift()) {
      const { need, agent, waiter } = match
      if (!need) {
        if (waiter.heldBy === agent && isFree(agent, waiter.item.kind)) yield match
        continue
      }
      // an earlier pair may have taken this agent meanwhile
      const [now] = bestOf(need, nowMs)
      if (now?.waiter !== waiter) {
        if (now) due.add(now)
        continue
      }
      yield now
      for (const next of bestOf(need, nowMs)) due.add(next)
    }
  }

  #openQueue(queue: Queue): QueueBook {
    const book = { queue, order: new Ordered<Waiter>(compareWaiters) }
    this.queues.set(queue._id, book)
    return book
  }

  #queueOf(id: string): QueueBook {
    return this.queues.get(id) ?? this.#openQueue(plainQueue(id))
  }

  #needFor(waiter: Waiter): Need {
    const key = needKey(waiter.item)
    let need = this.#needs.get(key)
    if (!need) {
      if (this.#needs.size >= this.#keepNeeds) {
        this.#dropNeeds((n) => n.waiting.size === 0)
        this.#keepNeeds = Math.max(KEEP_NEEDS, 2 * this.#needs.size)
      }
      need = new Need(waiter.item, waiter.queue)
      this.#needs.set(key, need)
      for (const agent of this.agents.values()) {
        if (!agent.slot || !need.isFor(agent.slot)) continue
        agent.needs.push(need)
        if (isFree(agent, need.kind)) need.free.add(agent)
      }
    }
    return need
  }

  #dropNeeds(which: (need: Need) => boolean): void {
    for (const [key, need] of this.#needs) {
      if (!which(need)) continue
      need.dropped = true
      this.#needs.delete(key)
      this.#hot.delete(need)
    }
    for (const agent of this.agents.values()) agent.needs = agent.needs.filter((n) => !n.dropped)
  }

  #list(agent: Agent): void {
    if (agent.listed || agent.slot?.state !== 'ready' || agent.offers.size > 0) return
    agent.listed = true
    for (const need of agent.needs) {
      if (!isFree(agent, need.kind)) continue
      need.free.add(agent)
      if (need.waiting.size > 0) this.#hot.add(need)
    }
    for (const waiter of agent.held) if (isFree(agent, waiter.item.kind)) this.#hotHeld.add(waiter)
  }

  /** Before anything the lists are ordered by may change. */
  #unlist(agent: Agent): void {
    if (!agent.listed) return
    agent.listed = false
    for (const need of agent.needs) need.free.remove(agent)
  }

  #replace(agent: Agent, nowMs: number): void {
    for (const waiter of agent.wishes) {
      if (waiter.state !== 'waiting') continue
      this.unplace(waiter)
      this.place(waiter, nowMs)
    }
  }

  #wish(waiter: Waiter, on: boolean): void {
    const id = waiter.item.preferredAgentId
    if (id === undefined) return
    const agent = this.agent(id)
    if (on) agent.wishes.add(waiter)
    else {
      agent.wishes.delete(waiter)
      this.#forget(agent)
    }
  }

  #forget(agent: Agent): void {
    if (!agent.slot && agent.offers.size === 0 && agent.wishes.size === 0)
      this.agents.delete(agent.id)
  }
}

const bestOf = (need: Need, nowMs: number): Match[] => {
  const best = need.best(nowMs)
  return best ? [{ ...best, need }] : []
}

function sameAbilities(a: AgentSlot, b: AgentSlot): boolean {
  return (
    (a.queueIds === b.queueIds || a.queueIds.join('\n') === b.queueIds.join('\n')) &&
    (a.skills === b.skills || JSON.stringify(a.skills) === JSON.stringify(b.skills))
  )
}
