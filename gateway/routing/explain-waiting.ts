/** Why not: for a waiting conversation, each agent's reasons, in words a team leader can act on. */
import type { SkillRequirement } from '../domain/conversation.ts'
import type { AgentState } from '../domain/staff.ts'
import { capacityFor, isHeldFor, passedOverUntil } from './match.ts'
import type { Agent, Waiter, WaiterState } from './need.ts'
import { urgency } from './score.ts'

export type ReasonCode =
  | 'fits'
  | 'ringing'
  | 'notReady'
  | 'notMember'
  | 'queueSkill'
  | 'skill'
  | 'full'
  | 'onCall'
  | 'reserved'
  | 'passedOver'
  | 'heldForOther'

export interface Reason {
  code: ReasonCode
  zh: string
  en: string
}

export interface AgentExplanation {
  agentId: string
  /** could be offered this conversation now */
  fit: boolean
  reasons: Reason[]
}

export interface WaitingExplanation {
  conversationId: string
  queueId: string
  atMs: number
  state: WaiterState
  emergency: boolean
  waitedMs: number
  /** priority less the steps gained by waiting; smaller is sooner */
  urgency: number
  heldFor?: { agentId: string; untilMs: number }
  /** the able first */
  agents: AgentExplanation[]
  summary: { zh: string; en: string }
}

export function explainWaiting(
  waiter: Waiter,
  agents: Iterable<Agent>,
  nowMs: number,
): WaitingExplanation {
  const { item, queue } = waiter
  const all = [...agents]
  const wished = all.find((a) => a.id === item.preferredAgentId)?.slot
  const heldFor = isHeldFor(item, queue, wished, nowMs)
    ? { agentId: wished.agentId, untilMs: item.enqueuedAtMs + queue.preferredMs }
    : undefined
  const explained = all
    .filter((agent) => agent.slot !== undefined)
    .map((agent) => explainAgent(agent, waiter, heldFor, nowMs))
    .sort((a, b) => Number(b.fit) - Number(a.fit) || a.reasons.length - b.reasons.length)
  return {
    conversationId: item.conversationId,
    queueId: item.queueId,
    atMs: nowMs,
    state: waiter.state,
    emergency: waiter.emergency,
    waitedMs: nowMs - item.enqueuedAtMs,
    urgency: urgency(item, queue, nowMs),
    ...(heldFor && { heldFor }),
    agents: explained,
    summary: summarise(waiter, explained, heldFor),
  }
}

/** All reasons against, not only the first: whoever mends one wants to know about the next. */
function explainAgent(
  agent: Agent,
  waiter: Waiter,
  heldFor: WaitingExplanation['heldFor'],
  nowMs: number,
): AgentExplanation {
  const { item, queue } = waiter
  const slot = agent.slot!
  const agentId = agent.id
  if (waiter.agent === agent) {
    const ringing = reason('ringing', '正在向该坐席振铃', 'is being offered this conversation now')
    return { agentId, fit: true, reasons: [ringing] }
  }
  const named = heldFor?.agentId === agentId && item.reason === 'transfer'
  const reasons: Reason[] = []
  if (slot.state !== 'ready') reasons.push(notReady(slot.state))
  if (!named && slot.queueIds.length > 0 && !slot.queueIds.includes(queue._id))
    reasons.push(
      reason(
        'notMember',
        `不在队列「${queue.name.zh}」中`,
        `is not a member of queue “${queue.name.en}”`,
      ),
    )
  if (!named && slot.queueIds.length === 0)
    reasons.push(...lacking('queueSkill', slot.skills, queue.skills))
  if (!named) reasons.push(...lacking('skill', slot.skills, item.skills))
  const capacity = capacityFor(slot, item.kind)
  if (slot.calls)
    reasons.push(reason('onCall', '正在通话或整理通话', 'is on a call, or writing one up'))
  else if (slot.load >= capacity)
    reasons.push(
      reason(
        'full',
        `接待数已满(${slot.load}/${capacity})`,
        `is full (${slot.load} of ${capacity})`,
      ),
    )
  if (agent.offers.size > 0)
    reasons.push(
      reason('reserved', '正在为另一个会话振铃', 'is being offered another conversation'),
    )
  const overMs = passedOverUntil(item, agentId, nowMs)
  if (overMs !== undefined) {
    const seconds = Math.ceil((overMs - nowMs) / 1_000)
    reasons.push(
      reason(
        'passedOver',
        `刚拒接或未应答,${seconds} 秒后再问`,
        `declined or did not answer; asked again in ${seconds} s`,
      ),
    )
  }
  if (heldFor && heldFor.agentId !== agentId) {
    const seconds = Math.ceil((heldFor.untilMs - nowMs) / 1_000)
    reasons.push(
      reason(
        'heldForOther',
        `先等指定坐席,还有 ${seconds} 秒`,
        `waits for the preferred agent for another ${seconds} s`,
      ),
    )
  }
  if (reasons.length > 0) return { agentId, fit: false, reasons }
  return { agentId, fit: true, reasons: [reason('fits', '可以接待', 'can take this conversation')] }
}

const reason = (code: ReasonCode, zh: string, en: string): Reason => ({ code, zh, en })

function notReady(state: Exclude<AgentState, 'ready'>): Reason {
  const zh = { busy: '示忙', wrapUp: '话后处理中', offline: '离线' }[state]
  const en = { busy: 'is busy', wrapUp: 'is in wrap-up', offline: 'is offline' }[state]
  return reason('notReady', zh, en)
}

function lacking(
  code: 'queueSkill' | 'skill',
  skills: Record<string, number>,
  asked: readonly SkillRequirement[],
): Reason[] {
  return asked
    .filter(({ skill, minLevel }) => !((skills[skill] ?? 0) >= minLevel))
    .map(({ skill, minLevel }) => {
      const has = skills[skill] ?? 0
      return reason(
        code,
        `技能「${skill}」需 ${minLevel} 级,现为 ${has} 级`,
        `needs “${skill}” at level ${minLevel}, has ${has}`,
      )
    })
}

function summarise(
  waiter: Waiter,
  agents: readonly AgentExplanation[],
  heldFor: WaitingExplanation['heldFor'],
): { zh: string; en: string } {
  if (waiter.agent) return { zh: '正在振铃。', en: 'An agent is being rung.' }
  if (heldFor) return { zh: '正在等指定的坐席。', en: 'Waits for the preferred agent.' }
  const fit = agents.filter((a) => a.fit).length
  if (fit > 0) return { zh: `${fit} 位坐席可以接待。`, en: `${fit} agent(s) can take it.` }
  const able = agents.filter((a) =>
    a.reasons.every((r) => !['notMember', 'queueSkill', 'skill'].includes(r.code)),
  ).length
  if (able > 0)
    return {
      zh: `${able} 位坐席有此技能,目前都不空闲。`,
      en: `${able} agent(s) have the skills; none is free at the moment.`,
    }
  return {
    zh: '没有坐席具备所需的队列或技能,请调整坐席设置。',
    en: 'No agent has the queue or skills it needs; change the agents’ settings.',
  }
}
