import type { ConversationCard, WireMessage } from '../../../gateway/desk/protocol.ts'
import type { Channel } from '../../../gateway/domain/conversation.ts'

/**
 * Where the contact reads what is written to them: a chat that became a call still is one, a telephone alone
 * is not. Pure.
 */
export function writtenChannel(
  { channel }: Pick<ConversationCard, 'channel'>,
  messages: WireMessage[],
): Channel | undefined {
  if (channel !== 'voice') return channel
  return messages.findLast(
    (message) => message.direction === 'in' && message.channel && message.channel !== 'voice',
  )?.channel
}
