import type { WireMessage } from '../../../../gateway/desk/protocol.ts'

/** The queue a conversation came through last; who serves it has it no longer on the card. Pure. */
export function lastQueue(messages: WireMessage[]): string | undefined {
  const parts = messages.flatMap((message) => message.parts)
  const queued = parts.findLast((part) => part.type === 'event' && part.name === 'queued')
  const queueId = queued?.type === 'event' ? queued.data['queueId'] : undefined
  return typeof queueId === 'string' ? queueId : undefined
}
