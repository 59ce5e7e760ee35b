/**
 * The order of what is shown. Messages lie by (conversation in the order first received, seq); the
 * visitor's own words without a seq yet lie after them. Nothing is ever shown twice: a message is known
 * by `conversationId:seq`, and one's own also by `clientMsgId`.
 */
import type { Cursor, VisitorMessage } from './wire.ts'

export interface Timeline {
  /** conversation ids in the order first received */
  conversations: readonly string[]
  /** in the order shown */
  messages: readonly VisitorMessage[]
}

/** More than anyone scrolls back through; keeps localStorage well under its 5 MB. */
export const MAX_MESSAGES = 200

export const emptyTimeline: Timeline = { conversations: [], messages: [] }

export function messageKey(message: Cursor): string {
  return `${message.conversationId}:${message.seq}`
}

/** < 0 when `a` lies before `b`; a conversation never heard of lies before all others. */
export function comparePlace(conversations: readonly string[], a: Cursor, b: Cursor): number {
  if (a.conversationId === b.conversationId) return a.seq - b.seq
  return conversations.indexOf(a.conversationId) - conversations.indexOf(b.conversationId)
}

export function insertMessage(timeline: Timeline, message: VisitorMessage): Timeline {
  const conversations = timeline.conversations.includes(message.conversationId)
    ? timeline.conversations
    : [...timeline.conversations, message.conversationId]
  const messages = [...timeline.messages]

  const known = messages.findIndex((held) => messageKey(held) === messageKey(message))
  if (known >= 0) {
    // a replay carries the same words but fresh signed addresses of media
    messages[known] = message
    return { conversations, messages }
  }
  if (
    message.clientMsgId !== undefined &&
    messages.some((held) => held.clientMsgId === message.clientMsgId)
  ) {
    return timeline
  }

  let at = messages.length
  while (at > 0 && comparePlace(conversations, messages[at - 1]!, message) > 0) at--
  messages.splice(at, 0, message)
  return trim({ conversations, messages })
}

/** The newest message somebody else wrote: what `seen` speaks of. */
export function newestFromOthers(timeline: Timeline): Cursor | undefined {
  return placeOf(timeline.messages.findLast((message) => message.author.kind !== 'contact'))
}

export function countUnread(timeline: Timeline, readUpTo: Cursor | undefined): number {
  return timeline.messages.filter(
    (message) =>
      message.author.kind !== 'contact' &&
      message.parts.length > 0 &&
      (!readUpTo || comparePlace(timeline.conversations, message, readUpTo) > 0),
  ).length
}

function placeOf(message: VisitorMessage | undefined): Cursor | undefined {
  return message && { conversationId: message.conversationId, seq: message.seq }
}

function trim(timeline: Timeline): Timeline {
  if (timeline.messages.length <= MAX_MESSAGES) return timeline
  const messages = timeline.messages.slice(-MAX_MESSAGES)
  const alive = new Set(messages.map((message) => message.conversationId))
  return { conversations: timeline.conversations.filter((id) => alive.has(id)), messages }
}
