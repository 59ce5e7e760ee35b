import type { WireMessage } from '../../../../gateway/desk/protocol.ts'
import { plainText } from '../../../../gateway/domain/message.ts'

/** A first title for a ticket: the longest thing the visitor wrote is most often the matter itself. */
export function titleFrom(messages: WireMessage[]): string {
  return messages
    .filter((message) => message.direction === 'in')
    .map((message) => plainText(message.parts).replace(/\s+/g, ' ').trim())
    .reduce((longest, text) => (text.length > longest.length ? text : longest), '')
    .slice(0, 80)
}
