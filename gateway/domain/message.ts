/** A message belongs to a leg, has parts, and a gap-free `seq` per conversation: the only order used anywhere. */

export type QuickReply = { id: string; label: string; key?: string }
export type CardAction = { kind: 'url' | 'reply' | 'call'; label: string; value: string }

export type Part =
  | { type: 'text'; text: string }
  | {
      type: 'media'
      kind: 'image' | 'audio' | 'video' | 'file'
      blobId: string
      name: string
      mime: string
      bytes: number
      /** of a message left by telephone */
      seconds?: number
    }
  | {
      type: 'card'
      title: string
      text?: string
      image?: string
      url?: string
      actions?: CardAction[]
    }
  | { type: 'quickReplies'; replies: QuickReply[] }
  /** the visitor tapped a quick reply; `label` is what was on it */
  | { type: 'choice'; id: string; label: string }
  /** telephone keys, as pressed */
  | { type: 'keys'; digits: string }
  /** what was understood of what a caller said, best first */
  | { type: 'speech'; nbest: { text: string; confidence: number }[] }
  /** a text the provider approved beforehand, with its parameters filled in; `text` is what is read */
  | { type: 'template'; templateId: string; params: Record<string, string>; text: string }
  | { type: 'location'; lat: number; lng: number; label?: string }
  /** something that happened, told to the people in the conversation */
  | { type: 'event'; name: EventName; data: Record<string, unknown> }

export type EventName =
  | 'opened'
  | 'queued'
  | 'offered'
  | 'offerEnded'
  | 'accepted'
  | 'transferred'
  | 'handedBack'
  | 'finished'
  | 'wrapUpDone'
  | 'abandoned'
  | 'closed'
  | 'takenOver'
  | 'ticket'
  | 'rating'
  | 'language'
  | 'callStarted'
  | 'callAnswered'
  | 'callEnded'
  | 'callHeld'
  | 'callParty'
  | 'recording'
  | 'voicemail'
  | 'arrived'
  | 'identity'
  | 'wroteBy'
  | 'merged'

export type Author =
  | { kind: 'contact'; id: string }
  | { kind: 'bot'; id: string }
  | { kind: 'agent'; id: string; name: string }
  | { kind: 'system'; id: string }

/** in: from the contact; out: to the contact; internal: only staff see it */
export type Direction = 'in' | 'out' | 'internal'

export type DeliveryState =
  'queued' | 'sending' | 'unknown' | 'sent' | 'failed' | 'expired' | 'delivered' | 'read'

/** Receipts come late and twice; a state never moves to a lower rank. */
export const deliveryRank: Record<DeliveryState, number> = {
  queued: 0,
  sending: 1,
  unknown: 2,
  sent: 3,
  failed: 4,
  expired: 4,
  delivered: 5,
  read: 6,
}

export interface Delivery {
  state: DeliveryState
  rank: number
  at: Date
  /** the provider's or our code of a failure */
  code?: string
}

/** How a text is spoken where it is spoken; the parts of the message stay what people read. */
export interface Spoken {
  /** wording for the ear */
  speak?: string
  /** file of the recording that wins over synthesis */
  audio?: string
  /** names somebody or a matter of theirs: synthesised anew each time, never kept */
  personal?: boolean
  /** of the synthesis; absent: its own choice for the language */
  voice?: string
  /** of the synthesis: 1 = the voice's own; 0.5 … 2 */
  speed?: number
}

export interface Message {
  _id: string
  conversationId: string
  /** absent for events that belong to no leg */
  legId?: string
  seq: number
  direction: Direction
  author: Author
  parts: Part[]
  lang?: string
  /** on telephone legs */
  spoken?: Spoken
  at: Date
  /** set on inbound messages: the channel's own id of it, unique per account */
  dedupeKey?: string
  delivery?: Delivery
}

/** The words of a message, for previews, search and the bot. */
export function plainText(parts: Part[]): string {
  return parts
    .map((part) => {
      switch (part.type) {
        case 'text':
        case 'template':
          return part.text
        case 'choice':
          return part.label
        case 'keys':
          return part.digits
        case 'speech':
          return part.nbest[0]?.text ?? ''
        case 'media':
          return `[${part.name}]`
        case 'card':
          return part.title
        case 'location':
          return part.label ?? `${part.lat},${part.lng}`
        default:
          return ''
      }
    })
    .filter(Boolean)
    .join('\n')
}
