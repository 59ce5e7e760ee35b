/** Why this one: every decision keeps its inputs and can be taken again. */
import type { AgentSlot, Decision, DecisionInputs, WaitingItem } from './decision.ts'
import { mayTake } from './match.ts'
import type { Agent, Need, Waiter } from './need.ts'
import { compareFitness, compareUrgency } from './score.ts'

/** Enough neighbours to see why this one and not the next, few enough to store with every offer. */
const KEPT_WAITING = 3
const KEPT_AGENTS = 8

/** What the choice of this pair depended on; taken before the agent is reserved. */
export function recordInputs(
  waiter: Waiter,
  agent: Agent,
  need: Need | undefined,
  nowMs: number,
): DecisionInputs {
  const { _id, strategy, skills, ageingMs, preferredMs } = waiter.queue
  const waiting: WaitingItem[] = []
  const agents: AgentSlot[] = []
  if (need) {
    const index = need.waiting.indexOf(waiter)
    for (let i = Math.max(0, index - KEPT_WAITING); i <= index + KEPT_WAITING; i++) {
      const neighbour = need.waiting.at(i)
      if (neighbour) waiting.push(neighbour.item)
    }
    for (let i = 0; i < KEPT_AGENTS; i++) {
      const free = need.free.at(i)
      if (free) agents.push(free.slot!)
    }
    if (!agents.includes(agent.slot!)) agents.push(agent.slot!)
  } else {
    waiting.push(waiter.item)
    agents.push(agent.slot!)
  }
  return {
    nowMs,
    queue: { _id, strategy, skills, ageingMs, preferredMs },
    waiting,
    agents,
    waitingCount: need?.waiting.size ?? 1,
    freeCount: need?.free.size ?? 1,
  }
}

/** The rule itself, over plain data: the most urgent conversation somebody may take, and the fittest who may. */
export function choose(
  inputs: DecisionInputs,
): { conversationId: string; agentId: string } | undefined {
  const { nowMs, queue } = inputs
  const waiting = inputs.waiting
    .map((item) => ({ item, queue }))
    .sort((a, b) => compareUrgency(a, b, nowMs))
  for (const { item } of waiting) {
    const preferred = inputs.agents.find((a) => a.agentId === item.preferredAgentId)
    const asked = [...queue.skills, ...item.skills]
    const [best] = inputs.agents
      .filter((agent) => mayTake(agent, item, queue, preferred, nowMs))
      .sort((a, b) => compareFitness(a, b, queue.strategy, asked))
    if (best) return { conversationId: item.conversationId, agentId: best.agentId }
  }
  return undefined
}

/** Takes a stored decision again. Equal to what was chosen then, or the rules have changed since. */
export const replay = (
  decision: Decision,
): { conversationId: string; agentId: string } | undefined => choose(decision.inputs)

export { explainWaiting } from './explain-waiting.ts'
export type { AgentExplanation, Reason, ReasonCode, WaitingExplanation } from './explain-waiting.ts'
