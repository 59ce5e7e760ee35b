/** The wallboard's numbers out of what the desk knows. Pure. */
import type { AgentCard, DayFigures, QueueCard } from '../../../gateway/desk/protocol.ts'
import { may } from '../../../gateway/domain/staff.ts'
import type { AgentState } from '../../../gateway/domain/staff.ts'

export const agentStates: readonly AgentState[] = ['ready', 'busy', 'wrapUp', 'offline']

export interface Totals {
  waiting: number
  /** conversations agents have in hand, wrap-up included */
  serving: number
  /** agents able to take part: everyone not offline */
  present: number
  longestWaitMs: number
  byState: Record<AgentState, number>
}

/** @param elapsedMs since the queue cards came: waiting times go on between two frames */
export function totals(queues: QueueCard[], agents: AgentCard[], elapsedMs: number): Totals {
  const byState = { ready: 0, busy: 0, wrapUp: 0, offline: 0 }
  for (const agent of agents) byState[agent.state] += 1
  return {
    waiting: queues.reduce((sum, queue) => sum + queue.waiting, 0),
    serving: agents.reduce((sum, agent) => sum + agent.load, 0),
    present: agents.length - byState.offline,
    longestWaitMs: Math.max(0, ...queues.map((queue) => longestWait(queue, elapsedMs))),
    byState,
  }
}

/** Content editors sign in too, but never take a conversation. */
export function serving(staff: AgentCard[]): AgentCard[] {
  return staff.filter(({ role }) => may(role, 'serve'))
}

export function longestWait(queue: QueueCard, elapsedMs: number): number {
  return queue.waiting === 0 ? 0 : queue.longestWaitMs + Math.max(0, elapsedMs)
}

/** Of those who were to be served by a person and no longer wait: the share that left. */
export function abandonShare(day: DayFigures): number | undefined {
  const ended = day.accepted + day.abandoned
  return ended === 0 ? undefined : day.abandoned / ended
}

export function sortAgents(agents: AgentCard[]): AgentCard[] {
  return [...agents].sort(
    (a, b) =>
      agentStates.indexOf(a.state) - agentStates.indexOf(b.state) || a.name.localeCompare(b.name),
  )
}
