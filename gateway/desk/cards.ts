/** Conversations and messages as the console shows them. */
import type { Contact } from '../domain/contact.ts'
import type { Conversation } from '../domain/conversation.ts'
import type { Message } from '../domain/message.ts'
import type { Files } from '../files/files.ts'
import type { ConversationCard, WireMessage } from './protocol.ts'

export function conversationCard(
  conversation: Conversation,
  contact: Contact | undefined,
): ConversationCard {
  const { waiting, offer, wrapUp } = conversation
  return {
    id: conversation._id,
    state: conversation.state,
    version: conversation.version,
    contact: {
      id: contact?._id ?? conversation.contactId,
      vip: contact?.vip ?? false,
      ...(contact?.name && { name: contact.name }),
    },
    channel: conversation.legs.at(-1)?.channel ?? 'webchat',
    lang: conversation.lang,
    emergency: conversation.emergency,
    preview: conversation.preview,
    lastSeq: conversation.lastSeq,
    openedAtMs: conversation.openedAt.getTime(),
    lastActivityAtMs: conversation.lastActivityAt.getTime(),
    context: conversation.context,
    ...(waiting && {
      queueId: waiting.queueId,
      priority: waiting.priority,
      enqueuedAtMs: waiting.enqueuedAt.getTime(),
      waitingReason: waiting.reason,
      ...(waiting.note && { note: waiting.note }),
    }),
    ...(offer && {
      offer: { id: offer.id, agentId: offer.agentId, expiresAtMs: offer.expiresAt.getTime() },
    }),
    ...(conversation.agentId && { agentId: conversation.agentId }),
    ...(conversation.callback && { callback: { number: conversation.callback.number } }),
    ...(wrapUp && { wrapUp: { agentId: wrapUp.agentId, endsAtMs: wrapUp.endsAt.getTime() } }),
  }
}

export function wireMessage(
  message: Message,
  conversation: Conversation,
  files: Files,
): WireMessage {
  const leg = conversation.legs.find((candidate) => candidate.id === message.legId)
  return {
    id: message._id,
    conversationId: message.conversationId,
    seq: message.seq,
    direction: message.direction,
    author: message.author,
    parts: files.withAddresses(message.parts) as WireMessage['parts'],
    atMs: message.at.getTime(),
    ...(leg && { channel: leg.channel }),
    ...(message.lang && { lang: message.lang }),
    ...(message.dedupeKey && message.author.kind === 'agent' && { clientMsgId: message.dedupeKey }),
    ...(message.delivery && {
      delivery: {
        state: message.delivery.state,
        ...(message.delivery.code && { code: message.delivery.code }),
      },
    }),
  }
}
