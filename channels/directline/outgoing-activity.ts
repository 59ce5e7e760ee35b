/** A message as a Bot Framework client shows it. */
import { createHash } from 'node:crypto'
import type { Author, CardAction, Message, Part, QuickReply } from '../../gateway/domain/message.ts'
import { placeOnMap } from '../place-in-words.ts'

export interface Activity {
  type: 'message' | 'typing' | 'endOfConversation' | 'event'
  id?: string
  timestamp?: string
  channelId?: 'directline'
  conversation?: { id: string }
  from: { id: string; name?: string; role: 'user' | 'bot' }
  locale?: string
  text?: string
  name?: string
  value?: unknown
  code?: string
  attachments?: Attachment[]
  attachmentLayout?: 'list' | 'carousel'
  suggestedActions?: { to: string[]; actions: Button[] }
  channelData?: { clientActivityID?: string }
}

export interface Attachment {
  contentType: string
  contentUrl?: string
  thumbnailUrl?: string
  name?: string
  content?: unknown
}

interface Button {
  type: 'messageBack' | 'imBack' | 'openUrl' | 'call'
  title: string
  text?: string
  displayText?: string
  value?: unknown
}

export interface ActivityPlace {
  /** the Direct Line conversation: our thread */
  threadKey: string
  userId: string
  /** where the client fetches a stored file */
  fileUrl: (blobId: string) => string
}

/** The activity of an inbound message is known before the message has its place: it follows from its key. */
export function idOfIncoming(threadKey: string, dedupeKey: string): string {
  const hash = createHash('sha256').update(dedupeKey).digest('base64url').slice(0, 22)
  return `${threadKey}|${hash}`
}

const CLIENT_KEY = ':c:'
/** @param clientActivityID as the client made it; without one nothing can be recognised again */
export function dedupeKeyOf(
  threadKey: string,
  clientActivityID: string | undefined,
  fresh: string,
) {
  return clientActivityID === undefined
    ? `${threadKey}:s:${fresh}`
    : `${threadKey}${CLIENT_KEY}${clientActivityID}`
}

/** undefined: nothing in it is for the contact */
export function activityOf(message: Message, place: ActivityPlace): Activity | undefined {
  const parts = message.parts.filter(({ type }) => type !== 'event')
  if (!parts.length) return undefined
  const { threadKey, userId } = place
  const incoming = message.direction === 'in'
  const dedupeKey = message.dedupeKey ?? ''
  const clientActivityID =
    incoming && dedupeKey.startsWith(threadKey + CLIENT_KEY)
      ? dedupeKey.slice(threadKey.length + CLIENT_KEY.length)
      : undefined
  const text = wordsOf(parts)
  const attachments = parts.flatMap((part) => attachmentOf(part, place) ?? [])
  const replies = incoming
    ? []
    : parts.flatMap((part) => (part.type === 'quickReplies' ? part.replies : []))
  return {
    type: 'message',
    id: incoming ? idOfIncoming(threadKey, dedupeKey) : `${threadKey}|${message._id}`,
    timestamp: message.at.toISOString(),
    channelId: 'directline',
    conversation: { id: threadKey },
    from: incoming ? { id: userId, role: 'user' } : fromOf(message.author),
    ...(message.lang && { locale: message.lang }),
    ...(text && { text }),
    ...(attachments.length && { attachments }),
    ...(attachments.length > 1 && { attachmentLayout: 'list' as const }),
    ...(replies.length && {
      suggestedActions: { to: [userId], actions: replies.map(suggestion) },
    }),
    ...(clientActivityID !== undefined && { channelData: { clientActivityID } }),
  }
}

export const fromOf = (author: Author): Activity['from'] =>
  author.kind === 'agent'
    ? { id: `agent-${author.id}`, name: author.name, role: 'bot' }
    : { id: 'bot', role: 'bot' }

function wordsOf(parts: Part[]): string {
  return parts
    .flatMap((part) => {
      switch (part.type) {
        case 'text':
        case 'template':
          return part.text
        case 'choice':
          return part.label
        case 'location':
          return placeOnMap(part)
        default:
          return []
      }
    })
    .join('\n')
}

function attachmentOf(part: Part, { fileUrl }: ActivityPlace): Attachment | undefined {
  switch (part.type) {
    case 'media':
      return {
        contentType: part.mime,
        contentUrl: fileUrl(part.blobId),
        name: part.name,
        // without it Web Chat shows the contact's own pictures as a link only
        ...(part.kind === 'image' && { thumbnailUrl: fileUrl(part.blobId) }),
      }
    case 'card': {
      const { title, text, image, url, actions = [] } = part
      const buttons = [
        ...(url && !actions.some(({ value }) => value === url)
          ? [{ type: 'openUrl' as const, title, value: url }]
          : []),
        ...actions.flatMap((action) => buttonOf(action) ?? []),
      ]
      return {
        contentType: 'application/vnd.microsoft.card.hero',
        content: {
          title,
          ...(text && { text }),
          ...(image && { images: [{ url: image }] }),
          ...(buttons.length && { buttons }),
        },
      }
    }
    default:
      return undefined
  }
}

/** Comes back with the choice itself; a client that does not know messageBack sends the words. */
const suggestion = ({ id, label }: QuickReply): Button => ({
  type: 'messageBack',
  title: label,
  text: label,
  displayText: label,
  value: { choice: id, label },
})

function buttonOf({ kind, label, value }: CardAction): Button | undefined {
  switch (kind) {
    case 'url':
      return { type: 'openUrl', title: label, value }
    case 'reply':
      return { type: 'imBack', title: label, value }
    case 'call':
      // a call in the browser belongs to our own widget
      return /\d/.test(value) ? { type: 'call', title: label, value: `tel:${value}` } : undefined
  }
}
