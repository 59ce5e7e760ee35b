/** Who is served first, and who serves best. Pure: the time is handed in. */
import type { SkillRequirement } from '../domain/conversation.ts'
import type { Queue, Strategy } from '../domain/queue.ts'
import type { AgentSlot, WaitingItem } from './decision.ts'

/** A queue set to "no ageing" would starve its least urgent visitors, so it ages by the minute. */
export const DEFAULT_AGEING_MS = 60_000

export const ageingOf = (queue: Pick<Queue, 'ageingMs'>): number =>
  queue.ageingMs > 0 ? queue.ageingMs : DEFAULT_AGEING_MS

/** A life may depend on it: before everybody else, however long they have waited. */
export const isEmergency = (item: Pick<WaitingItem, 'reason'>): boolean =>
  item.reason === 'emergency'

/**
 * Where an item stands inside one queue, in ms: as all age at the same pace there, the order never
 * changes with time, and sorted structures need no re-sorting.
 */
export function rank(item: WaitingItem, queue: Pick<Queue, 'ageingMs'>): number {
  return item.enqueuedAtMs + (isEmergency(item) ? 0 : item.priority) * ageingOf(queue)
}

/** Priority less one step per `ageingMs` of waiting; smaller is more urgent. Comparable across queues. */
export function urgency(item: WaitingItem, queue: Pick<Queue, 'ageingMs'>, nowMs: number): number {
  return (rank(item, queue) - nowMs) / ageingOf(queue)
}

export interface Ranked {
  item: WaitingItem
  queue: Pick<Queue, 'ageingMs'>
}

/** Total order over all queues: emergencies, then urgency, then who came first. */
export function compareUrgency(a: Ranked, b: Ranked, nowMs: number): number {
  return (
    Number(isEmergency(b.item)) - Number(isEmergency(a.item)) ||
    urgency(a.item, a.queue, nowMs) - urgency(b.item, b.queue, nowMs) ||
    a.item.enqueuedAtMs - b.item.enqueuedAtMs ||
    compareIds(a.item.conversationId, b.item.conversationId)
  )
}

/** Levels an agent brings for what is asked; for nothing in particular, all of them. */
export function ability(agent: AgentSlot, asked: readonly SkillRequirement[]): number {
  let sum = 0
  if (asked.length > 0) for (const { skill } of asked) sum += agent.skills[skill] ?? 0
  else for (const skill in agent.skills) sum += agent.skills[skill] ?? 0
  return sum
}

/** Total order of agents by a queue's strategy, fittest first; ties go to the longest idle. */
export function compareFitness(
  a: AgentSlot,
  b: AgentSlot,
  strategy: Strategy,
  asked: readonly SkillRequirement[],
): number {
  return (
    byStrategy(a, b, strategy, asked) ||
    a.idleSinceMs - b.idleSinceMs ||
    a.load - b.load ||
    compareIds(a.agentId, b.agentId)
  )
}

function byStrategy(
  a: AgentSlot,
  b: AgentSlot,
  strategy: Strategy,
  asked: readonly SkillRequirement[],
): number {
  switch (strategy) {
    case 'longestIdle':
      return 0
    case 'leastLoaded':
      return a.load - b.load
    case 'highestSkill':
      return ability(b, asked) - ability(a, asked)
  }
}

/** Code-unit order: the same on every machine, and much quicker than a locale's. */
const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
