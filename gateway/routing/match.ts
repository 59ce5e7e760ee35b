/** Who may take what. Each rule stands alone, so that `explain.ts` can name the one that said no. */
import type { SkillRequirement } from '../domain/conversation.ts'
import type { AgentSlot, QueueRules, WaitingItem } from './decision.ts'
import { isEmergency } from './score.ts'

/** All levels asked for are there. */
export function hasSkills(
  agent: Pick<AgentSlot, 'skills'>,
  asked: readonly SkillRequirement[],
): boolean {
  for (const { skill, minLevel } of asked)
    if (!((agent.skills[skill] ?? 0) >= minLevel)) return false
  return true
}

/** By name when the agent lists queues; an agent that lists none serves every queue whose skills they have. */
export function admits(
  queue: Pick<QueueRules, '_id' | 'skills'>,
  agent: Pick<AgentSlot, 'queueIds' | 'skills'>,
): boolean {
  return agent.queueIds.length > 0
    ? agent.queueIds.includes(queue._id)
    : hasSkills(agent, queue.skills)
}

/** What does not change from minute to minute: membership, and the conversation's own skills. */
export function qualifies(
  agent: AgentSlot,
  queue: Pick<QueueRules, '_id' | 'skills'>,
  skills: readonly SkillRequirement[],
): boolean {
  return admits(queue, agent) && hasSkills(agent, skills)
}

/** Conversations held at once. Whoever takes no chats at all may still take one call. */
export function capacityFor(agent: AgentSlot, kind: WaitingItem['kind']): number {
  return kind === 'call' ? Math.max(1, agent.capacity.chat) : agent.capacity.chat
}

export function hasRoom(agent: AgentSlot, kind: WaitingItem['kind']): boolean {
  // whoever talks with a caller, or writes it up, gets nothing else meanwhile
  if (agent.calls) return false
  return agent.load < capacityFor(agent, kind)
}

/** Until when this agent is not asked again, or undefined. */
export function passedOverUntil(
  item: WaitingItem,
  agentId: string,
  nowMs: number,
): number | undefined {
  for (const p of item.passedOver) if (p.agentId === agentId && p.untilMs > nowMs) return p.untilMs
  return undefined
}

/**
 * The conversation waits for one agent alone: the last one, or the one asked for. Nobody is made to
 * wait for an agent who is away, has just passed, or may not serve the queue; a colleague named in a
 * transfer was chosen by a person and needs no membership. Emergencies wait for nobody.
 */
export function isHeldFor(
  item: WaitingItem,
  queue: QueueRules,
  preferred: AgentSlot | undefined,
  nowMs: number,
): preferred is AgentSlot {
  return (
    preferred !== undefined &&
    preferred.agentId === item.preferredAgentId &&
    preferred.state !== 'offline' &&
    !isEmergency(item) &&
    nowMs < item.enqueuedAtMs + queue.preferredMs &&
    passedOverUntil(item, preferred.agentId, nowMs) === undefined &&
    (item.reason === 'transfer' || qualifies(preferred, queue, item.skills))
  )
}

/** The whole rule in one: may this agent be offered this conversation now? `preferred` is the slot of the preferred agent. */
export function mayTake(
  agent: AgentSlot,
  item: WaitingItem,
  queue: QueueRules,
  preferred: AgentSlot | undefined,
  nowMs: number,
): boolean {
  if (agent.state !== 'ready' || !hasRoom(agent, item.kind)) return false
  if (isHeldFor(item, queue, preferred, nowMs)) return agent.agentId === preferred.agentId
  return (
    qualifies(agent, queue, item.skills) &&
    passedOverUntil(item, agent.agentId, nowMs) === undefined
  )
}
