/** The ground the routing tests stand on: a clock that jumps, a store in memory, and short ways to say who is who. */
import type { Queue } from '../../gateway/domain/queue.ts'
import { Router } from '../../gateway/routing/router.ts'
import type {
  AgentSlot,
  Decision,
  OfferPort,
  RouterChange,
  RouterClock,
  WaitingItem,
} from '../../gateway/routing/router.ts'

export const START_MS = Date.UTC(2026, 10, 2, 1)

/** Timers fire in order of their time, and only when told to. */
export class VirtualClock implements RouterClock {
  #now = START_MS
  #timers: { atMs: number; order: number; fn: () => void }[] = []
  #order = 0

  now(): number {
    return this.#now
  }

  setTimer(atMs: number, fn: () => void): () => void {
    const timer = { atMs, order: this.#order++, fn }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((t) => t !== timer)
    }
  }

  get pending(): number {
    return this.#timers.length
  }

  /** Lets the time pass, and everything that is due happen on the way. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      await settled()
      const [next] = this.#timers
        .filter((t) => t.atMs <= until)
        .sort((a, b) => a.atMs - b.atMs || a.order - b.order)
      if (!next) break
      this.#timers = this.#timers.filter((t) => t !== next)
      this.#now = Math.max(this.#now, next.atMs)
      next.fn()
    }
    this.#now = until
  }
}

/** Until every promise that can go on has gone on: a macrotask comes after all microtasks. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A store that keeps what the router's conditional writes depend on, and can be made to misbehave. */
export class MemoryStore implements OfferPort {
  /** conversations that wait or are offered; value: the live offer */
  readonly waiting = new Map<string, { offerId: string; agentId: string } | undefined>()
  readonly offers: { decision: Decision; expiresAtMs: number }[] = []
  readonly lapses: { conversationId: string; offerId: string; passOverMs: number }[] = []
  readonly longWaits: string[] = []
  /** thrown instead of answering, once each; `written` says whether the write happened all the same */
  failures: { written: boolean }[] = []
  /** hold writes back, or only the answers to them, until resolved */
  beforeWrite: Promise<void> = Promise.resolve()
  afterWrite: Promise<void> = Promise.resolve()

  async offer(decision: Decision, expiresAtMs: number): Promise<'offered' | 'gone'> {
    this.offers.push({ decision, expiresAtMs })
    return this.#write(() => {
      const { conversationId, offerId, agentId } = decision
      if (!this.waiting.has(conversationId) || this.waiting.get(conversationId)) return 'gone'
      this.waiting.set(conversationId, { offerId, agentId })
      return 'offered'
    })
  }

  async lapse(
    conversationId: string,
    offerId: string,
    passOverMs: number,
  ): Promise<'released' | 'gone'> {
    this.lapses.push({ conversationId, offerId, passOverMs })
    return this.#write(() => {
      if (this.waiting.get(conversationId)?.offerId !== offerId) return 'gone'
      this.waiting.set(conversationId, undefined)
      return 'released'
    })
  }

  async waitedTooLong(conversationId: string): Promise<void> {
    this.longWaits.push(conversationId)
    await this.#write(() => undefined)
  }

  async #write<T>(write: () => T): Promise<T> {
    await this.beforeWrite
    const failure = this.failures.shift()
    const answer = !failure || failure.written ? write() : undefined
    await this.afterWrite
    if (failure) throw new Error('the store is away')
    return answer as T
  }
}

export const queue = (given: Partial<Queue> & { _id: string }): Queue => ({
  name: { zh: given._id, en: given._id },
  strategy: 'longestIdle',
  defaultPriority: 5,
  skills: [],
  offerTimeoutMs: 20_000,
  passOverMs: 60_000,
  preferredMs: 30_000,
  ageingMs: 60_000,
  wrapUpMs: 30_000,
  maxWaitMs: 0,
  warnAfterMs: 60_000,
  alarmAfterMs: 120_000,
  enabled: true,
  version: 1,
  ...given,
})

export const slot = (agentId: string, given: Partial<AgentSlot> = {}): AgentSlot => ({
  agentId,
  state: 'ready',
  queueIds: ['q'],
  skills: {},
  capacity: { chat: 1 },
  load: 0,
  idleSinceMs: START_MS - 60_000,
  ...given,
})

export const item = (conversationId: string, given: Partial<WaitingItem> = {}): WaitingItem => ({
  conversationId,
  queueId: 'q',
  priority: 5,
  skills: [],
  enqueuedAtMs: START_MS,
  reason: 'bot',
  passedOver: [],
  kind: 'chat',
  ...given,
})

/** A promise and the key to it. */
export function gate(): { closed: Promise<void>; open: () => void } {
  let open = (): void => undefined
  const closed = new Promise<void>((resolve) => (open = resolve))
  return { closed, open: () => open() }
}

/** A router on a virtual clock, with short verbs that keep the store and the router in step as the desk does. */
export class World {
  readonly clock = new VirtualClock()
  readonly store = new MemoryStore()
  readonly changes: RouterChange[] = []
  readonly log: string[] = []
  #ids = 0
  readonly router = new Router({
    port: this.store,
    clock: this.clock,
    newId: () => `id${++this.#ids}`,
    onChange: (change) => this.changes.push(change),
    log: (event) => this.log.push(event),
  })

  constructor(queues: Queue[] = [queue({ _id: 'q' })]) {
    this.router.setQueues(queues)
  }

  enqueue(conversationId: string, given: Partial<WaitingItem> = {}): void {
    this.store.waiting.set(conversationId, undefined)
    this.router.enqueue(item(conversationId, { enqueuedAtMs: this.clock.now(), ...given }))
  }

  agent(agentId: string, given: Partial<AgentSlot> = {}): void {
    this.router.setAgent(slot(agentId, given))
  }

  leave(conversationId: string): void {
    this.store.waiting.delete(conversationId)
    this.router.leave(conversationId)
  }

  accept(conversationId: string): void {
    this.store.waiting.delete(conversationId)
    this.router.offerAnswered(conversationId, 'accepted')
  }

  decline(conversationId: string): void {
    this.store.waiting.set(conversationId, undefined)
    this.router.offerAnswered(conversationId, 'declined')
  }

  /** `conversation→agent` of every offer made so far, in order. */
  async offered(): Promise<string[]> {
    await settled()
    return this.store.offers.map(({ decision: d }) => `${d.conversationId}→${d.agentId}`)
  }

  /** Which agent's console rings for it now, by the store. */
  ringsAt(conversationId: string): string | undefined {
    return this.store.waiting.get(conversationId)?.agentId
  }
}
