import type {
  AgentCard,
  ConversationCard,
  DeskFrame,
  Me,
  WireMessage,
} from '../../../gateway/desk/protocol.ts'

export const me: Me = {
  id: 'a1',
  userName: 'li',
  name: '李雷',
  role: 'agent',
  lang: 'zh-CN',
  permissions: ['serve'],
  mustChangePassword: false,
}

export const agent: AgentCard = {
  id: 'a1',
  name: '李雷',
  role: 'agent',
  state: 'ready',
  sinceMs: 0,
  load: 0,
  capacity: 3,
  connected: true,
  device: { kind: 'browser' },
}

export function card(id: string, more: Partial<ConversationCard> = {}): ConversationCard {
  return {
    id,
    state: 'agent',
    version: 1,
    contact: { id: `contact-${id}`, vip: false },
    channel: 'webchat',
    lang: 'zh-CN',
    emergency: false,
    preview: '',
    lastSeq: 0,
    openedAtMs: 0,
    lastActivityAtMs: 0,
    agentId: 'a1',
    context: {},
    ...more,
  }
}

export function message(seq: number, more: Partial<WireMessage> = {}): WireMessage {
  return {
    id: `m${seq}`,
    conversationId: 'c1',
    seq,
    direction: 'in',
    author: { kind: 'contact', id: 'contact-c1' },
    parts: [{ type: 'text', text: `words ${seq}` }],
    atMs: seq * 1000,
    ...more,
  }
}

export function welcome(
  conversations: ConversationCard[],
  nowMs = 0,
): Extract<DeskFrame, { t: 'welcome' }> {
  return {
    t: 'welcome',
    me,
    nowMs,
    conversations,
    agents: [agent],
    queues: [],
    calls: [],
    callsNow: { flow: 0, waiting: 0, talking: 0 },
    day: {
      opened: 0,
      closed: 0,
      queued: 0,
      accepted: 0,
      abandoned: 0,
      averageWaitMs: 0,
      messagesIn: 0,
      messagesOut: 0,
      tickets: 0,
      calls: 0,
      callsAbandoned: 0,
    },
  }
}
