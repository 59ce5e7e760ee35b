/** What was said in a conversation, in seq order, with what is committed and not yet written out. */
import type { Conversation } from '../domain/conversation.ts'
import type { Message } from '../domain/message.ts'
import { ConversationModel, MessageModel } from './model.ts'

export interface Page {
  /** in seq order */
  messages: Message[]
  /** there are older ones */
  more: boolean
}

/** The newest `limit` messages with afterSeq < seq < beforeSeq. */
export async function readHistory(
  conversationId: string,
  range: { afterSeq?: number; beforeSeq?: number; limit: number },
): Promise<Page> {
  const { afterSeq = 0, beforeSeq = Number.MAX_SAFE_INTEGER, limit } = range
  // pending first: a message on its way is in one of the two whenever we look in this order
  const conversation = await ConversationModel.findById(conversationId, { pending: 1 }).lean<
    Pick<Conversation, 'pending'>
  >()
  const stored = await MessageModel.find({
    conversationId,
    seq: { $gt: afterSeq, $lt: beforeSeq },
  })
    .sort({ seq: -1 })
    .limit(limit + 1)
    .lean<Message[]>()
  const bySeq = new Map(stored.map((message) => [message.seq, message]))
  for (const message of conversation?.pending ?? []) {
    if (message.seq > afterSeq && message.seq < beforeSeq && !bySeq.has(message.seq))
      bySeq.set(message.seq, message)
  }
  const messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq)
  return { messages: messages.slice(-limit), more: messages.length > limit }
}
