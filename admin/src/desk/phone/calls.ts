/** The calls the desk knows of, by conversation, as pure changes. */
import type { CallCard, ConversationCard } from '../../../../gateway/desk/protocol.ts'

export type Calls = Record<string, CallCard>

/** A call came or changed. One that is over is of interest only beside its conversation. */
export function callArrived(
  calls: Calls,
  call: CallCard,
  cards: Record<string, ConversationCard>,
): Calls {
  const { conversationId } = call
  if (call.phase === 'ended' && !cards[conversationId] && !calls[conversationId]) return calls
  return { ...calls, [conversationId]: call }
}

/**
 * The whole picture again. A call that is no longer told of ended while the line was down; it stays
 * readable beside its conversation, like one whose end was seen.
 */
export function callsAtWelcome(
  known: Calls,
  told: CallCard[],
  inSight: (conversationId: string) => boolean,
  nowMs: number,
): Calls {
  const calls: Calls = Object.fromEntries(told.map((call) => [call.conversationId, call]))
  for (const [id, call] of Object.entries(known))
    if (!calls[id] && inSight(id))
      calls[id] = call.phase === 'ended' ? call : { ...call, phase: 'ended', endedAtMs: nowMs }
  return calls
}
