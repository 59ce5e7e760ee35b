/** What an agent has written and not yet got through, per conversation. Kept on this computer. */
import type { OutgoingContent, WireMessage } from '../../../../gateway/desk/protocol.ts'
import type { WireError } from '../../../../gateway/errors.ts'

export interface Pending {
  clientMsgId: string
  note: boolean
  content: OutgoingContent
  /** file name of a media message, to show while it waits */
  name?: string
  atMs: number
  /** stored: the server has it, its message is on the way to the screen */
  state: 'waiting' | 'stored' | 'refused'
  error?: Pick<WireError, 'zh' | 'en'>
}

export interface Compose {
  draft: string
  /** the draft is a note for colleagues */
  note: boolean
  /** in the order they were sent */
  pending: Pending[]
}

export type ComposeBook = Record<string, Compose>

export const emptyCompose: Compose = { draft: '', note: false, pending: [] }

export function change(
  book: ComposeBook,
  conversationId: string,
  edit: (compose: Compose) => Compose,
): ComposeBook {
  const next = edit(book[conversationId] ?? emptyCompose)
  const rest = { ...book }
  if (next.draft === '' && !next.note && next.pending.length === 0) delete rest[conversationId]
  else rest[conversationId] = next
  return rest
}

export function settle(
  book: ComposeBook,
  conversationId: string,
  clientMsgId: string,
  outcome: Pick<Pending, 'state' | 'error'>,
): ComposeBook {
  return change(book, conversationId, (compose) => ({
    ...compose,
    pending: compose.pending.map((item) =>
      item.clientMsgId === clientMsgId ? { ...item, error: undefined, ...outcome } : item,
    ),
  }))
}

export function drop(book: ComposeBook, conversationId: string, clientMsgId: string): ComposeBook {
  if (!book[conversationId]?.pending.some((item) => item.clientMsgId === clientMsgId)) return book
  return change(book, conversationId, (compose) => ({
    ...compose,
    pending: compose.pending.filter((item) => item.clientMsgId !== clientMsgId),
  }))
}

/** Messages that arrived are no longer on their way. */
export function arrived(book: ComposeBook, messages: WireMessage[]): ComposeBook {
  return messages.reduce(
    (next, message) =>
      message.clientMsgId ? drop(next, message.conversationId, message.clientMsgId) : next,
    book,
  )
}

/** What a reload or a reconnect has to send again; `clientMsgId` makes that harmless. */
export function toResend(book: ComposeBook): { conversationId: string; item: Pending }[] {
  return Object.entries(book).flatMap(([conversationId, compose]) =>
    compose.pending
      .filter((item) => item.state === 'waiting')
      .map((item) => ({ conversationId, item })),
  )
}

/** After a reconnect nobody will say any more that a stored message arrived; `open` brings it. */
export function forgetStored(book: ComposeBook): ComposeBook {
  return Object.keys(book).reduce(
    (next, conversationId) =>
      change(next, conversationId, (compose) => ({
        ...compose,
        pending: compose.pending.filter((item) => item.state !== 'stored'),
      })),
    book,
  )
}
