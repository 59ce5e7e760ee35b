/** The life of an offer: held out by one conditional write, rings until its time, ends in exactly one way. */
import type { Book, Match } from './book.ts'
import type { Decision, WaitingItem } from './decision.ts'
import { recordInputs } from './explain.ts'
import type { Agent, Waiter } from './need.ts'
import { Agenda } from './router-agenda.ts'
import type { RouterClock } from './router-clock.ts'
import { ANSWER_GRACE_MS, backOffMs } from './router-port.ts'
import type { OfferPort, ReleaseReason, RouterChange } from './router-port.ts'

interface OffersOptions {
  port: OfferPort
  clock: RouterClock
  newId: () => string
  book: Book
  /** asks for new matches at the end of the turn */
  wake: () => void
  tell: (change: RouterChange) => void
  log: (event: string, data: object) => void
}

export class Offers {
  readonly #o: OffersOptions
  readonly #agenda: Agenda
  #stopped = false

  constructor(options: OffersOptions) {
    this.#o = options
    this.#agenda = new Agenda(options.clock)
  }

  /** Reserves the pair and writes the offer. */
  start({ waiter, agent, need }: Match, now: number): Decision {
    const { book, newId } = this.#o
    const { queue, item } = waiter
    const decision: Decision = {
      id: newId(),
      offerId: newId(),
      conversationId: item.conversationId,
      queueId: item.queueId,
      agentId: agent.id,
      atMs: now,
      inputs: recordInputs(waiter, agent, need, now),
    }
    book.reserve(waiter, agent)
    this.#setTimer(waiter)
    waiter.state = 'offering'
    waiter.offer = {
      id: decision.offerId,
      agentId: agent.id,
      expiresAtMs: now + queue.offerTimeoutMs,
      passOverMs: queue.passOverMs,
    }
    void this.#write(waiter, decision)
    return decision
  }

  async #write(waiter: Waiter, decision: Decision): Promise<void> {
    const { conversationId, queueId, offerId } = decision
    const expiresAtMs = waiter.offer!.expiresAtMs
    const outcome = await this.#ask('offer', decision, () =>
      this.#o.port.offer(decision, expiresAtMs),
    )
    if (this.#stopped) return
    if (!this.#isLive(waiter, offerId)) {
      if (outcome !== 'gone' && !waiter.accepted) void this.#reclaim(waiter.item, offerId, 0)
      return
    }
    const { agent, update } = waiter
    switch (outcome) {
      case 'offered':
        waiter.failures = 0
        if (update && sameWish(update, waiter.item)) delete waiter.update
        this.ring(waiter)
        this.#o.tell({ type: 'offered', conversationId, queueId, decision, expiresAtMs })
        if (waiter.update) this.#takeBackOne(waiter, 'changed')
        else if (!agent?.slot || agent.slot.state === 'offline')
          this.#takeBackOne(waiter, 'agentGone')
        return
      case 'gone':
        if (update) this.#putBack(waiter, update)
        else this.drop(waiter, 'left')
        return
      case 'failed':
        waiter.offer!.passOverMs = 0
        this.#clearUpLater(waiter, 'failed')
    }
  }

  /** The agent's console rings; when the time is up, the offer rolls on. */
  ring(waiter: Waiter): void {
    waiter.state = 'offered'
    this.#setTimer(waiter, waiter.offer!.expiresAtMs, () => void this.#lapse(waiter, 'lapsed'))
  }

  async #lapse(waiter: Waiter, why: ReleaseReason): Promise<void> {
    const { port, clock } = this.#o
    const { conversationId } = waiter.item
    const { id, agentId, passOverMs } = waiter.offer!
    waiter.state = 'lapsing'
    this.#setTimer(waiter)
    const outcome = await this.#ask('lapse', { conversationId, offerId: id }, () =>
      port.lapse(conversationId, id, passOverMs),
    )
    if (this.#stopped || !this.#isLive(waiter, id)) return
    const item = waiter.update ?? waiter.item
    switch (outcome) {
      case 'released': {
        const over = { agentId, untilMs: clock.now() + passOverMs }
        const passedOver = passOverMs > 0 ? [...item.passedOver, over] : item.passedOver
        waiter.failures = 0
        this.#putBack(waiter, { ...item, passedOver }, { agentId, why })
        return
      }
      case 'gone':
        if (waiter.update || !waiter.agent) {
          this.#putBack(waiter, item, { agentId, why })
          return
        }
        waiter.state = 'answered'
        this.#setTimer(waiter, clock.now() + ANSWER_GRACE_MS, () =>
          this.#putBack(waiter, waiter.item, { agentId, why }),
        )
        return
      case 'failed':
        this.#clearUpLater(waiter, why)
    }
  }

  /** Nobody knows whether the write happened: the agent goes free now, the offer is taken back when the store answers. */
  #clearUpLater(waiter: Waiter, why: ReleaseReason): void {
    const { book, clock, wake } = this.#o
    book.release(waiter)
    waiter.state = 'unsure'
    waiter.failures++
    const atMs = clock.now() + backOffMs(waiter.failures)
    this.#setTimer(waiter, atMs, () => void this.#lapse(waiter, why))
    wake()
  }

  /** The write came through after its conversation had left or begun anew here: take it back. */
  async #reclaim(item: WaitingItem, offerId: string, failures: number): Promise<void> {
    const { port, book, clock } = this.#o
    const { conversationId } = item
    const outcome = await this.#ask('reclaim', { conversationId, offerId }, () =>
      port.lapse(conversationId, offerId, 0),
    )
    if (this.#stopped) return
    if (outcome === 'failed') {
      this.#agenda.at(clock.now() + backOffMs(failures + 1), () => {
        void this.#reclaim(item, offerId, failures + 1)
      })
    } else if (outcome === 'released' && !book.waiters.has(conversationId)) {
      this.place(book.add(item))
    }
  }

  /** New facts: at once when nothing is under way, else as soon as the store has answered. */
  update(waiter: Waiter, item: WaitingItem): void {
    if (waiter.state === 'waiting' || waiter.state === 'answered') {
      this.#putBack(waiter, item)
      return
    }
    waiter.update = item
    if (waiter.state === 'offered') this.#takeBackOne(waiter, 'changed')
  }

  /** The desk has written that the agent declined or vanished. */
  refused(
    waiter: Waiter,
    why: 'declined' | 'agentGone',
    passedOver?: WaitingItem['passedOver'],
  ): void {
    const { offer, queue, state } = waiter
    if (state === 'timing' || (!offer && !passedOver)) return
    const item = waiter.update ?? waiter.item
    const over = passedOver ? [...passedOver] : [...item.passedOver]
    if (!passedOver && offer && why === 'declined')
      over.push({ agentId: offer.agentId, untilMs: this.#o.clock.now() + queue.passOverMs })
    const ended = offer && { agentId: offer.agentId, why }
    this.#putBack(waiter, { ...item, passedOver: over }, ended)
  }

  /** The agent is away: what rings there rings no longer. */
  takeBack(agent: Agent): void {
    for (const waiter of agent.offers)
      if (waiter.state === 'offered') this.#takeBackOne(waiter, 'agentGone')
  }

  #takeBackOne(waiter: Waiter, why: ReleaseReason): void {
    waiter.offer!.passOverMs = 0
    void this.#lapse(waiter, why)
  }

  drop(waiter: Waiter, type: 'left' | 'accepted'): void {
    const { conversationId, queueId } = waiter.item
    this.#setTimer(waiter)
    this.#o.book.drop(waiter)
    this.#o.tell({ type, conversationId, queueId })
    this.#o.wake()
  }

  #putBack(
    waiter: Waiter,
    item: WaitingItem,
    ended?: { agentId: string; why: ReleaseReason },
  ): void {
    const { book, tell } = this.#o
    delete waiter.offer
    delete waiter.update
    book.unplace(waiter)
    book.release(waiter)
    book.update(waiter, item)
    waiter.state = 'waiting'
    this.place(waiter)
    const { conversationId, queueId } = item
    if (ended) tell({ type: 'released', conversationId, queueId, ...ended })
  }

  /** Where it can be matched, until the next moment at which that may change by itself. */
  place(waiter: Waiter): void {
    const { book, clock, wake } = this.#o
    const now = clock.now()
    book.unplace(waiter)
    if (waiter.tellAtMs <= now) {
      void this.#tellLongWait(waiter)
      return
    }
    book.place(waiter, now)
    const atMs = nextTurn(waiter, now)
    if (atMs < Infinity) this.#setTimer(waiter, atMs, () => this.place(waiter))
    else this.#setTimer(waiter)
    wake()
  }

  async #tellLongWait(waiter: Waiter): Promise<void> {
    const { book, clock, port } = this.#o
    const { conversationId } = waiter.item
    waiter.state = 'timing'
    waiter.tellAtMs = Infinity
    this.#setTimer(waiter)
    const outcome = await this.#ask('waitedTooLong', { conversationId }, () =>
      port.waitedTooLong(conversationId),
    )
    if (this.#stopped || book.waiters.get(conversationId) !== waiter) return
    waiter.failures = outcome === 'failed' ? waiter.failures + 1 : 0
    this.#putBack(waiter, waiter.update ?? waiter.item)
    if (outcome === 'failed') {
      waiter.tellAtMs = clock.now() + backOffMs(waiter.failures)
      this.place(waiter)
    }
  }

  stop(): void {
    this.#stopped = true
    this.#agenda.stop()
  }

  #isLive(waiter: Waiter, offerId: string): boolean {
    const known = this.#o.book.waiters.get(waiter.item.conversationId)
    return known === waiter && waiter.offer?.id === offerId
  }

  async #ask<T>(what: string, data: object, write: () => Promise<T>): Promise<T | 'failed'> {
    try {
      return await write()
    } catch (error) {
      this.#o.log('routing.writeFailed', { what, ...data, error })
      return 'failed'
    }
  }

  /** One appointment per conversation: every state waits for one thing. */
  #setTimer(waiter: Waiter, atMs?: number, fn?: () => void): void {
    waiter.cancelTimer?.()
    delete waiter.cancelTimer
    if (atMs === undefined || !fn || this.#stopped) return
    waiter.cancelTimer = this.#agenda.at(atMs, fn)
  }
}

/** The first moment at which a waiting conversation's chances change without anybody doing anything. */
function nextTurn({ item, queue, tellAtMs }: Waiter, nowMs: number): number {
  let at = tellAtMs
  const windowEndsMs = item.enqueuedAtMs + queue.preferredMs
  if (item.preferredAgentId !== undefined && windowEndsMs > nowMs) at = Math.min(at, windowEndsMs)
  for (const { untilMs } of item.passedOver) if (untilMs > nowMs) at = Math.min(at, untilMs)
  return at
}

/** The same request; who passed it over meanwhile is the business of the offers themselves. */
export function sameWish(a: WaitingItem, b: WaitingItem): boolean {
  return JSON.stringify({ ...a, passedOver: 0 }) === JSON.stringify({ ...b, passedOver: 0 })
}
