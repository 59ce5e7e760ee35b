/** A conversation in each of its states, as it comes to be there. */
import type { Conversation, ConversationState } from '../../gateway/domain/conversation.ts'

export const NOW_MS = Date.UTC(2026, 10, 21, 2)

export function conversationIn(state: ConversationState): Conversation {
  const at = new Date(NOW_MS - 60_000)
  const waits = state === 'queued' || state === 'offered'
  return {
    _id: 'conversation-1',
    contactId: 'contact-1',
    state,
    version: 1,
    lastSeq: 0,
    lang: 'zh-CN',
    legs: [
      {
        id: 'leg-1',
        accountId: 'web',
        channel: 'webchat',
        identityId: 'identity-1',
        threadKey: 'visitor-1',
        state: 'open',
        openedAt: at,
      },
    ],
    passedOver: [],
    emergency: false,
    context: {},
    preview: '',
    openedAt: at,
    lastActivityAt: at,
    pending: [],
    ...(state === 'closed'
      ? { closedAt: at, closeReason: 'finished' }
      : { openKeys: ['web|visitor-1'] }),
    ...(waits && {
      queueId: 'general',
      firstQueuedAt: at,
      waiting: { queueId: 'general', priority: 5, skills: [], enqueuedAt: at, reason: 'bot' },
    }),
    ...(state === 'offered' && {
      offer: {
        id: 'offer-1',
        agentId: 'lin',
        offeredAt: at,
        expiresAt: new Date(NOW_MS + 20_000),
      },
    }),
    ...(state === 'agent' && { agentId: 'lin', lastAgentId: 'lin', firstAcceptedAt: at }),
    ...(state === 'wrapUp' && {
      lastAgentId: 'lin',
      wrapUp: { agentId: 'lin', startedAt: at, endsAt: new Date(NOW_MS + 60_000) },
    }),
  }
}
