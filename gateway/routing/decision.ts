/** What the router works on and what it leaves behind: plain data, so a decision can be stored and replayed. */
import type { SkillRequirement, Waiting } from '../domain/conversation.ts'
import type { Queue } from '../domain/queue.ts'
import type { AgentState } from '../domain/staff.ts'

export interface WaitingItem {
  conversationId: string
  queueId: string
  /** 0 most urgent … 9 least */
  priority: number
  skills: SkillRequirement[]
  enqueuedAtMs: number
  reason: Waiting['reason']
  preferredAgentId?: string
  lang?: string
  passedOver: { agentId: string; untilMs: number }[]
  kind: 'chat' | 'call'
}

export interface AgentSlot {
  agentId: string
  state: AgentState
  queueIds: string[]
  skills: Record<string, number>
  capacity: { chat: number }
  /** served + wrap-up conversations, offers not counted */
  load: number
  /** of them telephone calls, or their wrap-up */
  calls?: number
  idleSinceMs: number
}

/** The part of a queue that decides who is served by whom. */
export type QueueRules = Pick<Queue, '_id' | 'strategy' | 'skills' | 'ageingMs' | 'preferredMs'>

/** Everything the choice depended on, cut to what was in reach of it. */
export interface DecisionInputs {
  nowMs: number
  queue: QueueRules
  /** the chosen conversation with its nearest neighbours in the queue's order */
  waiting: WaitingItem[]
  /** the fittest free agents, best first */
  agents: AgentSlot[]
  /** how many waited for the same skills, and how many agents were free for them, at that moment */
  waitingCount: number
  freeCount: number
}

export interface Decision {
  id: string
  offerId: string
  conversationId: string
  queueId: string
  agentId: string
  atMs: number
  inputs: DecisionInputs
}
