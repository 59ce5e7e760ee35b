/** The live router against the reference one: the same visitors, the same agents, the same choice, every time. */
import { expect } from 'chai'
import { replay } from '../../gateway/routing/explain.ts'
import { Router } from '../../gateway/routing/router.ts'
import type { Decision, OfferPort, RouterChange } from '../../gateway/routing/router.ts'
import { Chance } from './chance.ts'
import { Reference } from './reference.ts'
import type { Known } from './reference.ts'
import { settled, VirtualClock } from './world.ts'

const AGENT_IDS = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7']
const MOST_WAITING = 30

class Model implements OfferPort {
  readonly clock = new VirtualClock()
  readonly reference = new Reference()
  readonly chance: Chance
  decisions = 0
  #made = 0
  readonly router = new Router({
    port: this,
    clock: this.clock,
    newId: () => `id${++this.#made}`,
    onChange: (change) => this.#follow(change),
    // the router takes whatever the port throws for a store that is away, our own findings too
    log: (_event, data) => this.#findings.push((data as { error: unknown }).error),
  })
  readonly #findings: unknown[] = []

  constructor(seed: number) {
    this.chance = new Chance(seed)
    this.reload()
  }

  async offer(decision: Decision): Promise<'offered'> {
    const { conversationId, offerId, agentId } = decision
    const expected = this.reference.next(this.clock.now())
    expect(`${conversationId}→${agentId}`, 'the choice of the reference').to.equal(expected)
    const stored = JSON.parse(JSON.stringify(decision)) as Decision
    expect(replay(stored), 'replayed from what is stored').to.deep.equal({
      conversationId,
      agentId,
    })
    const known = this.reference.waiting.get(conversationId)!
    known.agentId = agentId
    known.offerId = offerId
    known.passOverMs = this.reference.queues.get(known.item.queueId)!.passOverMs
    this.decisions++
    return 'offered'
  }

  async lapse(
    conversationId: string,
    offerId: string,
    passOverMs: number,
  ): Promise<'released' | 'gone'> {
    const known = this.reference.waiting.get(conversationId)
    if (known?.offerId !== offerId) return 'gone'
    known.passOverMs = passOverMs
    return 'released'
  }

  async waitedTooLong(): Promise<void> {
    throw new Error('no queue here has a longest wait')
  }

  #follow(change: RouterChange): void {
    if (change.type !== 'released') return
    const known = this.reference.waiting.get(change.conversationId)!
    expect(known.agentId).to.equal(change.agentId)
    delete known.agentId
    delete known.offerId
    const item = known.update ?? known.item
    delete known.update
    const untilMs = this.clock.now() + known.passOverMs
    const over = known.passOverMs > 0 ? [{ agentId: change.agentId, untilMs }] : []
    known.item = { ...item, passedOver: [...item.passedOver, ...over] }
  }

  reload(): void {
    const queues = ['q0', 'q1', 'q2'].map((id) => this.chance.queue(id))
    const inUse = (id: string): boolean => this.#all().some((k) => k.item.queueId === id)
    const kept = queues.filter((q) => q._id === 'q0' || !inUse(q._id) || !this.chance.once(3))
    this.reference.setQueues(kept)
    this.router.setQueues(kept)
  }

  #all(): Known[] {
    return [...this.reference.waiting.values()]
  }

  #ringing(): Known | undefined {
    return this.chance.of(this.#all().filter((k) => k.agentId !== undefined))
  }

  #arrive(): void {
    if (this.reference.waiting.size >= MOST_WAITING) return
    const item = this.chance.item(`c${++this.#made}`, this.clock.now(), AGENT_IDS)
    if (!this.reference.queues.has(item.queueId)) return
    this.reference.waiting.set(item.conversationId, { item, passOverMs: 0 })
    this.router.enqueue(item)
  }

  #askAgain(known: Known | undefined): void {
    if (!known) return
    const item = { ...known.item, priority: this.chance.below(10), reason: 'transfer' as const }
    if (JSON.stringify(item) === JSON.stringify(known.item)) return
    if (known.agentId === undefined) known.item = item
    else known.update = item
    this.router.enqueue(item)
  }

  #leave(known: Known | undefined): void {
    if (!known) return
    this.reference.waiting.delete(known.item.conversationId)
    this.router.leave(known.item.conversationId)
  }

  #accept(known: Known | undefined): void {
    const slot = known && this.reference.agents.get(known.agentId!)
    if (!slot) return
    const { conversationId } = known.item
    this.reference.waiting.delete(conversationId)
    slot.load++
    const steps = [
      () => this.router.offerAnswered(conversationId, 'accepted'),
      () => this.router.setLoad(slot.agentId, slot.load),
    ]
    if (this.chance.once(2)) steps.reverse()
    for (const step of steps) step()
  }

  #decline(known: Known | undefined): void {
    if (!known) return
    known.passOverMs = this.reference.queues.get(known.item.queueId)!.passOverMs
    this.router.offerAnswered(known.item.conversationId, 'declined')
  }

  #agent(): void {
    const id = this.chance.of(AGENT_IDS)!
    const old = this.reference.agents.get(id)
    if (old && this.chance.once(5)) {
      this.reference.agents.delete(id)
      this.router.removeAgent(id)
      return
    }
    const fresh = this.chance.slot(id, this.clock.now())
    const slot = old && this.chance.once(2) ? { ...old, state: fresh.state } : fresh
    slot.load = old?.load ?? 0
    this.reference.agents.set(id, slot)
    this.router.setAgent(slot)
  }

  #finish(): void {
    const slot = this.chance.of([...this.reference.agents.values()].filter((a) => a.load > 0))
    if (!slot) return
    slot.load--
    this.router.setLoad(slot.agentId, slot.load)
  }

  async step(): Promise<void> {
    const dice = this.chance.below(100)
    if (dice < 26) this.#arrive()
    else if (dice < 32) this.#leave(this.chance.of(this.#all()))
    else if (dice < 36) this.#leave(this.#ringing())
    else if (dice < 50) this.#accept(this.#ringing())
    else if (dice < 56) this.#decline(this.#ringing())
    else if (dice < 68) this.#agent()
    else if (dice < 82) this.#finish()
    else if (dice < 85) this.#askAgain(this.chance.of(this.#all()))
    else if (dice < 86) this.reload()
    else await this.clock.pass(this.chance.below(15_000))
    // sometimes several things happen before the router has had its turn
    if (!this.chance.once(4)) await this.check()
  }

  async check(): Promise<void> {
    await settled()
    for (const finding of this.#findings) throw finding
    const now = this.clock.now()
    expect(this.reference.next(now), 'a fit free agent and nobody rings').to.equal(undefined)
    const shown = this.router.snapshot().queues
    const ringing = this.#all().filter((k) => k.agentId !== undefined)
    const sum = (key: 'offered' | 'waiting'): number => shown.reduce((n, q) => n + q[key], 0)
    expect(sum('offered'), 'reserved agents and live offers').to.equal(ringing.length)
    expect(sum('waiting'), 'nobody lost, nobody left over').to.equal(
      this.#all().length - ringing.length,
    )
    for (const { item } of this.#all().slice(0, 1)) {
      const place = this.reference.order(now, item.queueId).findIndex((k) => k.item === item)
      expect(this.router.position(item.conversationId)?.position).to.equal(place + 1)
    }
  }
}

describe('router against the reference', function () {
  const steps = Number(process.env['YILU_ROUTING_STEPS'] ?? 60_000)
  this.timeout(steps * 2)

  it(`chooses as the reference does, in ${steps} random steps`, async () => {
    const seeds = 20
    let decisions = 0
    for (let seed = 1; seed <= seeds; seed++) {
      const model = new Model(seed)
      for (let i = 0; i < steps / seeds; i++) {
        try {
          await model.step()
        } catch (error) {
          throw new Error(`seed ${seed}, step ${i}`, { cause: error })
        }
      }
      await model.check()
      decisions += model.decisions
      model.router.stop()
      expect(model.clock.pending, 'timers left behind').to.equal(0)
    }
    expect(decisions, 'a driver that makes no offers proves nothing').to.be.above(steps / 10)
  })
})
