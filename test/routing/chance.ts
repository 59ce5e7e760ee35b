/** Random visitors, agents and queues that are the same in every run of one seed. */
import type { Queue } from '../../gateway/domain/queue.ts'
import type { AgentSlot, WaitingItem } from '../../gateway/routing/router.ts'
import { item, queue, slot } from './world.ts'

export class Chance {
  #a: number

  constructor(seed: number) {
    this.#a = seed
  }

  /** mulberry32 */
  next(): number {
    this.#a = (this.#a + 0x6d2b79f5) | 0
    let t = Math.imul(this.#a ^ (this.#a >>> 15), 1 | this.#a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  once(in_: number): boolean {
    return this.below(in_) === 0
  }

  of<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)]
  }

  skills(most: number): { skill: string; minLevel: number }[] {
    const names = ['en', 'ja', 'refund'].slice(this.below(3))
    return names
      .slice(0, this.below(most + 1))
      .map((skill) => ({ skill, minLevel: 1 + this.below(3) }))
  }

  /** Ageing in powers of two, so that two ways of reckoning urgency meet to the last bit. */
  queue(_id: string): Queue {
    return queue({
      _id,
      strategy: this.of(['longestIdle', 'leastLoaded', 'highestSkill'] as const)!,
      skills: this.once(3) ? this.skills(1) : [],
      ageingMs: 2 ** (13 + this.below(4)),
      passOverMs: this.of([0, 10_000, 60_000])!,
      preferredMs: this.of([0, 30_000])!,
    })
  }

  slot(agentId: string, nowMs: number): AgentSlot {
    const skills: Record<string, number> = {}
    for (const { skill, minLevel } of this.skills(3)) skills[skill] = minLevel + this.below(3)
    return slot(agentId, {
      skills,
      state: this.of(['ready', 'ready', 'ready', 'busy', 'wrapUp', 'offline'] as const)!,
      queueIds: ['q0', 'q1', 'q2'].slice(this.below(3)).slice(0, this.below(3)),
      capacity: { chat: this.below(4) },
      idleSinceMs: nowMs - this.below(5) * 1_000,
    })
  }

  item(conversationId: string, nowMs: number, agentIds: readonly string[]): WaitingItem {
    const preferredAgentId = this.once(3) ? this.of(agentIds) : undefined
    return item(conversationId, {
      queueId: `q${this.below(3)}`,
      priority: this.below(10),
      skills: this.skills(2),
      enqueuedAtMs: nowMs - this.below(60_000),
      reason: this.of([
        'bot',
        'bot',
        'transfer',
        'agentGone',
        this.once(4) ? 'emergency' : 'bot',
      ] as const)!,
      kind: this.once(3) ? 'call' : 'chat',
      ...(preferredAgentId && { preferredAgentId }),
    })
  }
}
