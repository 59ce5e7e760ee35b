/** Which conversation stands where in the inbox, and how pressing it is. Pure. */
import type { ConversationCard, QueueCard } from '../../../../gateway/desk/protocol.ts'
import type { DeskState } from '../state.ts'

export interface Sections {
  /** held out to me, the first to expire first */
  offered: ConversationCard[]
  mine: ConversationCard[]
  wrapUp: ConversationCard[]
  /** in queues, the most pressing first */
  waiting: ConversationCard[]
  /** with the bot or colleagues; team leaders see these */
  others: ConversationCard[]
}

type SectionName = keyof Sections

export function sectionOf(card: ConversationCard, myId: string): SectionName {
  if (card.state === 'offered' && card.offer?.agentId === myId) return 'offered'
  if (card.state === 'agent' && card.agentId === myId) return 'mine'
  // the survey may still run, or the visitor may have come back: the write-up is owed all the same
  if (card.wrapUp?.agentId === myId) return 'wrapUp'
  if (card.state === 'queued' || card.state === 'offered') return 'waiting'
  return 'others'
}

export function sections(cards: Record<string, ConversationCard>, myId: string): Sections {
  const result: Sections = { offered: [], mine: [], wrapUp: [], waiting: [], others: [] }
  for (const card of Object.values(cards))
    if (card.state !== 'closed' || card.wrapUp?.agentId === myId)
      result[sectionOf(card, myId)].push(card)
  result.offered.sort((a, b) => (a.offer?.expiresAtMs ?? 0) - (b.offer?.expiresAtMs ?? 0))
  result.mine.sort(
    (a, b) => Number(b.emergency) - Number(a.emergency) || b.lastActivityAtMs - a.lastActivityAtMs,
  )
  result.wrapUp.sort((a, b) => (a.wrapUp?.endsAtMs ?? 0) - (b.wrapUp?.endsAtMs ?? 0))
  result.waiting.sort(byPressure)
  result.others.sort((a, b) => b.lastActivityAtMs - a.lastActivityAtMs)
  return result
}

function byPressure(a: ConversationCard, b: ConversationCard): number {
  return (
    Number(b.emergency) - Number(a.emergency) ||
    (a.priority ?? 5) - (b.priority ?? 5) ||
    (a.enqueuedAtMs ?? 0) - (b.enqueuedAtMs ?? 0)
  )
}

/** The order in which "next conversation" walks. */
export function walk(all: Sections): string[] {
  return [...all.offered, ...all.mine, ...all.wrapUp].map((card) => card.id)
}

/** How many conversations want this agent now: offers, and mine with something unread. */
export function wanting(state: Pick<DeskState, 'cards' | 'threads' | 'read' | 'me'>): number {
  const myId = state.me?.id
  if (!myId) return 0
  const { offered, mine } = sections(state.cards, myId)
  return offered.length + mine.filter((card) => unread(state, card.id) > 0).length
}

export type Pressure = 'calm' | 'warn' | 'alarm'

/** Amber and red by the queue's own thresholds; a threshold of 0 is switched off. */
export function pressure(
  waitedMs: number,
  queue: Pick<QueueCard, 'warnAfterMs' | 'alarmAfterMs'> | undefined,
): Pressure {
  if (!queue) return 'calm'
  if (queue.alarmAfterMs > 0 && waitedMs >= queue.alarmAfterMs) return 'alarm'
  if (queue.warnAfterMs > 0 && waitedMs >= queue.warnAfterMs) return 'warn'
  return 'calm'
}

/**
 * What the visitor wrote and the agent has not had on screen. An answer of the agent counts as having read
 * what came before it: on another computer no read mark is kept.
 */
export function unread(state: Pick<DeskState, 'threads' | 'read' | 'me'>, id: string): number {
  const messages = state.threads[id]?.messages ?? []
  const answered = messages.findLast(
    (message) => message.author.kind === 'agent' && message.author.id === state.me?.id,
  )
  const seen = Math.max(state.read[id] ?? 0, answered?.seq ?? 0)
  return messages.filter((message) => message.direction === 'in' && message.seq > seen).length
}
