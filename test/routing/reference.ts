/**
 * The router as one would write it with all the time in the world: no index, no timer, no memory;
 * everybody who waits against everybody who works, from the words of the rules alone.
 */
import type { Queue } from '../../gateway/domain/queue.ts'
import type { AgentSlot, WaitingItem } from '../../gateway/routing/router.ts'

export interface Known {
  item: WaitingItem
  /** whose console rings, or is about to */
  agentId?: string
  offerId?: string
  passOverMs: number
  update?: WaitingItem
}

export class Reference {
  queues = new Map<string, Queue>()
  readonly agents = new Map<string, AgentSlot>()
  readonly waiting = new Map<string, Known>()

  setQueues(queues: Queue[]): void {
    const old = this.queues
    this.queues = new Map(queues.map((q) => [q._id, q]))
    for (const { item } of this.waiting.values())
      if (!this.queues.has(item.queueId)) this.queues.set(item.queueId, old.get(item.queueId)!)
  }

  order(nowMs: number, queueId?: string): Known[] {
    const steps = ({ item }: Known): number =>
      item.reason === 'emergency'
        ? -(nowMs - item.enqueuedAtMs) / this.queues.get(item.queueId)!.ageingMs
        : item.priority - (nowMs - item.enqueuedAtMs) / this.queues.get(item.queueId)!.ageingMs
    const first = ({ item }: Known): number => (item.reason === 'emergency' ? 0 : 1)
    return [...this.waiting.values()]
      .filter(({ item }) => queueId === undefined || item.queueId === queueId)
      .sort(
        (a, b) =>
          first(a) - first(b) ||
          steps(a) - steps(b) ||
          a.item.enqueuedAtMs - b.item.enqueuedAtMs ||
          (a.item.conversationId < b.item.conversationId ? -1 : 1),
      )
  }

  next(nowMs: number): string | undefined {
    for (const known of this.order(nowMs)) {
      if (known.agentId !== undefined) continue
      const { strategy, skills } = this.queues.get(known.item.queueId)!
      const asked = [...skills, ...known.item.skills]
      const value = (a: AgentSlot): number[] => {
        const own =
          asked.length > 0 ? asked.map((s) => a.skills[s.skill] ?? 0) : Object.values(a.skills)
        const ability = own.reduce((sum, level) => sum + level, 0)
        const chosen = { longestIdle: 0, leastLoaded: a.load, highestSkill: -ability }[strategy]
        return [chosen, a.idleSinceMs, a.load]
      }
      const [best] = [...this.agents.values()]
        .filter((a) => this.may(a, known.item, nowMs))
        .sort((a, b) => {
          const [x, y] = [value(a), value(b)]
          const i = x.findIndex((n, k) => n !== y[k])
          return i >= 0 ? x[i]! - y[i]! : a.agentId < b.agentId ? -1 : 1
        })
      if (best) return `${known.item.conversationId}→${best.agentId}`
    }
    return undefined
  }

  may(agent: AgentSlot, item: WaitingItem, nowMs: number): boolean {
    const places = item.kind === 'call' ? Math.max(1, agent.capacity.chat) : agent.capacity.chat
    if (agent.state !== 'ready' || agent.load >= places) return false
    for (const { agentId } of this.waiting.values()) if (agentId === agent.agentId) return false
    const wished = this.agents.get(item.preferredAgentId ?? '')
    const windowOpen = nowMs < item.enqueuedAtMs + this.queues.get(item.queueId)!.preferredMs
    if (wished && windowOpen && wished.state !== 'offline' && item.reason !== 'emergency')
      if (!this.over(wished, item, nowMs))
        if (item.reason === 'transfer' || this.able(wished, item)) return agent === wished
    return this.able(agent, item) && !this.over(agent, item, nowMs)
  }

  able(agent: AgentSlot, item: WaitingItem): boolean {
    const has = (s: { skill: string; minLevel: number }): boolean =>
      (agent.skills[s.skill] ?? 0) >= s.minLevel
    const member =
      agent.queueIds.length > 0
        ? agent.queueIds.includes(item.queueId)
        : this.queues.get(item.queueId)!.skills.every(has)
    return member && item.skills.every(has)
  }

  over(agent: AgentSlot, item: WaitingItem, nowMs: number): boolean {
    return item.passedOver.some((p) => p.agentId === agent.agentId && p.untilMs > nowMs)
  }
}
