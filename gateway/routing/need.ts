/**
 * One need: everybody who waits in one queue for the same skills, and everybody free to serve them.
 * Both sides are kept in order, so the work of a decision grows with the number of different needs,
 * not with the number of people.
 */
import type { SkillRequirement } from '../domain/conversation.ts'
import type { Queue } from '../domain/queue.ts'
import type { AgentSlot, WaitingItem } from './decision.ts'
import { hasRoom, passedOverUntil, qualifies } from './match.ts'
import { Ordered } from './ordered.ts'
import { compareFitness, isEmergency, rank } from './score.ts'

/** An agent as the router knows them; without a slot while only an offer or a wish names them. */
export interface Agent {
  id: string
  slot?: AgentSlot
  /** conversations held out to them: reserved while not empty */
  offers: Set<Waiter>
  /** the needs they qualify for, and whether they stand in their lists of free agents */
  needs: Need[]
  listed: boolean
  /** conversations that name them as preferred, and those that wait for them alone */
  wishes: Set<Waiter>
  held: Set<Waiter>
  /** their load rose while an offer was out, so its acceptance is counted already */
  counted: boolean
}

/**
 * waiting: offerable. offering: write under way. offered: rings. lapsing: being taken back.
 * answered: the store says the offer is over, the desk has not told how yet. unsure: a write failed
 * with unknown outcome, to be cleared up. timing: the flow is being told of the long wait.
 */
export type WaiterState =
  'waiting' | 'offering' | 'offered' | 'lapsing' | 'answered' | 'unsure' | 'timing'

export interface Waiter {
  item: WaitingItem
  queue: Queue
  emergency: boolean
  /** the fixed place in the queue's order, see score.ts */
  rank: number
  state: WaiterState
  need?: Need
  heldBy?: Agent
  /** reserved for this conversation */
  agent?: Agent
  offer?: { id: string; agentId: string; expiresAtMs: number; passOverMs: number }
  /** what arrived while a write was under way */
  update?: WaitingItem
  /** writes that failed in a row */
  failures: number
  /** when the flow is to be told of the long wait; Infinity once it knows */
  tellAtMs: number
  accepted: boolean
  cancelTimer?: () => void
}

export function newWaiter(item: WaitingItem, queue: Queue): Waiter {
  return {
    item,
    queue,
    emergency: isEmergency(item),
    rank: rank(item, queue),
    state: 'waiting',
    failures: 0,
    tellAtMs: tellAt(item, queue),
    accepted: false,
  }
}

export const tellAt = (item: WaitingItem, queue: Queue): number =>
  queue.maxWaitMs > 0 ? item.enqueuedAtMs + queue.maxWaitMs : Infinity

/** The order inside one queue; equal to `compareUrgency` there, with the time taken out. */
export function compareWaiters(a: Waiter, b: Waiter): number {
  if (a.emergency !== b.emergency) return a.emergency ? -1 : 1
  return (
    a.rank - b.rank ||
    a.item.enqueuedAtMs - b.item.enqueuedAtMs ||
    (a.item.conversationId < b.item.conversationId ? -1 : 1) * Number(a !== b)
  )
}

export const needKey = (item: WaitingItem): string =>
  `${item.queueId}|${item.kind}|${item.skills
    .map((s) => `${s.skill}:${s.minLevel}`)
    .sort()
    .join()}`

export class Need {
  readonly queue: Queue
  readonly kind: WaitingItem['kind']
  readonly skills: SkillRequirement[]
  readonly waiting = new Ordered<Waiter>(compareWaiters)
  readonly free: Ordered<Agent>
  dropped = false

  constructor(item: WaitingItem, queue: Queue) {
    this.queue = queue
    this.kind = item.kind
    this.skills = item.skills
    const asked = [...queue.skills, ...item.skills]
    this.free = new Ordered<Agent>((a, b) =>
      compareFitness(a.slot!, b.slot!, queue.strategy, asked),
    )
  }

  isFor(slot: AgentSlot): boolean {
    return qualifies(slot, this.queue, this.skills)
  }

  /** The most urgent conversation that has a free agent it has not passed over, with the fittest such agent. */
  best(nowMs: number): { waiter: Waiter; agent: Agent } | undefined {
    if (this.free.size === 0) return undefined
    for (const waiter of this.waiting)
      for (const agent of this.free)
        if (passedOverUntil(waiter.item, agent.id, nowMs) === undefined) return { waiter, agent }
    return undefined
  }
}

/** Ready, not reserved, and with a place left. */
export function isFree(agent: Agent, kind: WaitingItem['kind']): boolean {
  const { slot } = agent
  return slot?.state === 'ready' && agent.offers.size === 0 && hasRoom(slot, kind)
}
