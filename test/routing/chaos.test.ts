/** A store that is slow, fails and answers late; a desk that tells late: whatever happens in between, it ends well. */
import { expect } from 'chai'
import { Router } from '../../gateway/routing/router.ts'
import type { Decision, OfferPort, RouterChange } from '../../gateway/routing/router.ts'
import { Chance } from './chance.ts'
import { Reference } from './reference.ts'
import { settled, VirtualClock } from './world.ts'

const AWAY = new Error('the store is away')
const AGENT_IDS = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5']

interface Stored {
  offer?: { offerId: string; agentId: string; expiresAtMs: number }
}

class Chaos implements OfferPort {
  readonly clock = new VirtualClock()
  readonly chance: Chance
  /** the truth: what waits or rings */
  readonly store = new Map<string, Stored>()
  readonly reference = new Reference()
  /** told to the router that they left, and not come back since */
  readonly gone = new Set<string>()
  /** the conversation an agent is reserved for, as far as the router's own words go */
  readonly reserved = new Map<string, string>()
  longestDelayMs = 400
  failOneIn = 15
  failures = 0
  offers = 0
  #made = 0
  readonly router = new Router({
    port: this,
    clock: this.clock,
    newId: () => `id${++this.#made}`,
    onChange: (change) => this.#follow(change),
    // the router takes whatever the port throws for a store that is away, our own findings too
    log: (_event, { error }: { error?: unknown }) => {
      if (error !== AWAY) this.#findings.push(error)
    },
  })
  readonly #findings: unknown[] = []

  constructor(seed: number) {
    this.chance = new Chance(seed)
    const queues = ['q0', 'q1', 'q2'].map((id) => ({
      ...this.chance.queue(id),
      maxWaitMs: this.chance.of([0, 90_000])!,
    }))
    this.reference.setQueues(queues)
    this.router.setQueues(queues)
  }

  async offer({ conversationId, offerId, agentId }: Decision, expiresAtMs: number) {
    expect(this.gone.has(conversationId), 'offered after leaving').to.equal(false)
    expect(this.reserved.get(agentId), 'two offers to one agent').to.equal(undefined)
    const slot = this.reference.agents.get(agentId)!
    expect(slot.state).to.equal('ready')
    expect(slot.load, 'load at an offer').to.be.below(Math.max(1, slot.capacity.chat))
    this.reserved.set(agentId, conversationId)
    this.offers++
    return this.#write(agentId, () => {
      const stored = this.store.get(conversationId)
      if (!stored || stored.offer) {
        this.#free(agentId, conversationId)
        return 'gone' as const
      }
      stored.offer = { offerId, agentId, expiresAtMs }
      return 'offered' as const
    })
  }

  async lapse(conversationId: string, offerId: string) {
    const agentId = this.store.get(conversationId)?.offer?.agentId
    return this.#write(agentId, () => {
      const stored = this.store.get(conversationId)
      if (stored?.offer?.offerId !== offerId) return 'gone' as const
      delete stored.offer
      return 'released' as const
    })
  }

  async waitedTooLong(): Promise<void> {
    await this.#write(undefined, () => undefined)
  }

  async #write<T>(agentId: string | undefined, write: () => T): Promise<T> {
    await this.#delay()
    const fails = this.failOneIn > 0 && this.chance.once(this.failOneIn)
    const written = !fails || this.chance.once(2)
    const answer = written ? write() : undefined
    await this.#delay()
    if (!fails) return answer as T
    this.failures++
    if (agentId !== undefined) this.reserved.delete(agentId)
    throw AWAY
  }

  async #delay(): Promise<void> {
    if (this.longestDelayMs === 0) return
    const atMs = this.clock.now() + this.chance.below(this.longestDelayMs)
    await new Promise<void>((resolve) => this.clock.setTimer(atMs, resolve))
  }

  #free(agentId: string, conversationId: string): void {
    if (this.reserved.get(agentId) === conversationId) this.reserved.delete(agentId)
  }

  #follow({ type, conversationId }: RouterChange): void {
    if (type !== 'released' && type !== 'left' && type !== 'accepted') return
    for (const agentId of this.reserved.keys()) this.#free(agentId, conversationId)
  }

  /** The desk writes first and tells after; now and then late. */
  #tell(fn: () => void): void {
    if (this.longestDelayMs > 0 && this.chance.once(3))
      this.clock.setTimer(this.clock.now() + this.chance.below(1_500), fn)
    else fn()
  }

  #arrive(): void {
    if (this.store.size >= 20) return
    const item = this.chance.item(`c${++this.#made}`, this.clock.now(), AGENT_IDS)
    this.reference.waiting.set(item.conversationId, { item, passOverMs: 0 })
    this.store.set(item.conversationId, {})
    this.router.enqueue(item)
  }

  #leave(comesBack: boolean): void {
    const id = this.chance.of([...this.store.keys()])
    if (id === undefined) return
    const known = this.reference.waiting.get(id)!
    this.store.delete(id)
    if (!comesBack) {
      this.reference.waiting.delete(id)
      this.#tell(() => {
        this.gone.add(id)
        this.router.leave(id)
      })
      return
    }
    // transferred back or asked again within the same breath
    this.store.set(id, {})
    this.router.leave(id)
    this.router.enqueue(known.item)
  }

  #answer(): void {
    const [id, stored] = this.chance.of([...this.store].filter(([, s]) => s.offer)) ?? []
    if (id === undefined || !stored?.offer) return
    const { agentId } = stored.offer
    const slot = this.reference.agents.get(agentId)
    if (slot && this.chance.once(2)) {
      this.store.delete(id)
      this.reference.waiting.delete(id)
      slot.load++
      // the load is told at once: an agent on the phone shows busy, whatever the mail does
      this.router.setLoad(agentId, slot.load)
      this.#tell(() => {
        this.gone.add(id)
        this.router.offerAnswered(id, 'accepted')
      })
    } else {
      delete stored.offer
      this.#tell(() => this.router.offerAnswered(id, slot ? 'declined' : 'agentGone'))
    }
  }

  #agent(): void {
    const id = this.chance.of(AGENT_IDS)!
    const old = this.reference.agents.get(id)
    if (old && this.chance.once(4)) {
      this.reference.agents.delete(id)
      this.router.removeAgent(id)
      return
    }
    const slot = { ...this.chance.slot(id, this.clock.now()), load: old?.load ?? 0 }
    this.reference.agents.set(id, slot)
    this.router.setAgent(slot)
  }

  #finish(): void {
    const slot = this.chance.of([...this.reference.agents.values()].filter((a) => a.load > 0))
    if (slot) this.router.setLoad(slot.agentId, --slot.load)
  }

  async step(): Promise<void> {
    const dice = this.chance.below(100)
    if (dice < 22) this.#arrive()
    else if (dice < 29) this.#leave(false)
    else if (dice < 32) this.#leave(true)
    else if (dice < 50) this.#answer()
    else if (dice < 62) this.#agent()
    else if (dice < 76) this.#finish()
    else await this.clock.pass(this.chance.below(this.chance.once(5) ? 25_000 : 600))
  }

  /** The store is well again, everybody has told: now nothing may be left over. */
  async calm(): Promise<void> {
    this.failOneIn = 0
    this.longestDelayMs = 0
    await this.clock.pass(120_000)
    await settled()
    for (const finding of this.#findings) throw finding
    const shown = this.router.snapshot().queues
    const ringing = [...this.store.values()].filter((s) => s.offer).length
    expect(
      shown.reduce((n, q) => n + q.offered, 0),
      'rings in the router and in the store',
    ).to.equal(ringing)
    expect(
      shown.reduce((n, q) => n + q.waiting, 0),
      'lost or left over',
    ).to.equal(this.store.size - ringing)
    for (const [id, { offer }] of this.store) {
      if (offer) {
        expect(offer.expiresAtMs, 'an offer nobody ends').to.be.above(this.clock.now())
        continue
      }
      for (const { agentId, reasons } of this.router.explain(id)!.agents) {
        const codes = reasons.map((r) => r.code)
        expect(codes, `${id} could be offered to ${agentId}`).not.to.include('fits')
        this.#agrees(id, agentId, codes)
      }
    }
  }

  /** What the router says against an agent is true by the store. */
  #agrees(id: string, agentId: string, codes: string[]): void {
    const slot = this.reference.agents.get(agentId)!
    const { item } = this.reference.waiting.get(id)!
    const places = item.kind === 'call' ? Math.max(1, slot.capacity.chat) : slot.capacity.chat
    const rung = [...this.store.values()].some((s) => s.offer?.agentId === agentId)
    expect(codes.includes('notReady')).to.equal(slot.state !== 'ready')
    expect(codes.includes('full'), `load ${slot.load} of ${places}`).to.equal(slot.load >= places)
    expect(codes.includes('reserved'), 'reserved without a live offer').to.equal(rung)
  }
}

describe('router in bad weather', function () {
  this.timeout(60_000)

  it('loses nobody, rings for nobody who left, frees every agent, in 200 storms', async () => {
    let offers = 0
    let failures = 0
    for (let seed = 1; seed <= 200; seed++) {
      const chaos = new Chaos(seed)
      try {
        for (let i = 0; i < 100; i++) await chaos.step()
        await chaos.calm()
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error })
      }
      offers += chaos.offers
      failures += chaos.failures
      chaos.router.stop()
    }
    expect(offers).to.be.above(2_000)
    expect(failures).to.be.above(100)
  })
})
