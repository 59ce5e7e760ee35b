/** What the log shows, line by line, drawn from the state; pure. */
import type { Outgoing } from './outgoing.ts'
import type { ChatState } from './state.ts'
import { comparePlace, messageKey, newestFromOthers } from './timeline.ts'
import type { ClientFrame, Cursor, VisitorMessage, VisitorPart } from './wire.ts'

/** sending → stored (on disk) → delivered (has its seq) → read (by the agent) */
export type OwnState = 'sending' | 'stored' | 'delivered' | 'read' | 'refused'

export interface Line {
  /** stays the same when a sent message comes back with its seq, so it is not drawn anew */
  key: string
  author: VisitorMessage['author']
  parts: readonly VisitorPart[]
  lang?: string
  atMs: number
  own?: OwnState
  /** present while it has no seq */
  outgoing?: Outgoing
  startsDay: boolean
  startsGroup: boolean
}

/** Words of one person within this time stand together under one name and one time. */
const GROUP_MS = 3 * 60_000

export function lines(state: ChatState): Line[] {
  const held = [
    // what only staff see leaves a message without parts
    ...state.messages
      .filter((message) => message.parts.length > 0)
      .map((message) => fromMessage(state, message)),
    ...state.outgoing.map(fromOutgoing),
  ]
  return held.map((line, index) => {
    const before = held[index - 1]
    const startsDay = !before || dayOf(before.atMs) !== dayOf(line.atMs)
    const startsGroup = startsDay || !before || !together(before, line)
    return { ...line, startsDay, startsGroup }
  })
}

/** Key of the line whose quick replies can be tapped: only the very last line's. */
export function activeRepliesKey(shown: readonly Line[]): string | undefined {
  const last = shown.at(-1)
  if (!last || last.own || !last.parts.some((part) => part.type === 'quickReplies'))
    return undefined
  return last.key
}

/** Which reply was taken from the line at `index`: the next own choice says it. */
export function chosenReply(shown: readonly Line[], index: number): string | undefined {
  const next = shown.slice(index + 1).find((line) => line.own)
  const choice = next?.parts.find((part) => part.type === 'choice')
  return choice?.type === 'choice' ? choice.id : undefined
}

/** The `seen` frame the server has yet to hear on this connection. */
export function dueSeen(state: ChatState): Extract<ClientFrame, { t: 'seen' }> | undefined {
  if (state.link !== 'online') return undefined
  const later = (a: Cursor, b: Cursor | undefined) =>
    !b || comparePlace(state.conversations, a, b) > 0
  const { readUpTo, told } = state
  if (readUpTo && later(readUpTo, told.read)) return { t: 'seen', state: 'read', ...readUpTo }
  const newest = newestFromOthers(state)
  if (newest && later(newest, told.read) && later(newest, told.delivered)) {
    return { t: 'seen', state: 'delivered', ...newest }
  }
  return undefined
}

function fromMessage(state: ChatState, message: VisitorMessage): Omit<Line, StartKeys> {
  const own = message.author.kind === 'contact'
  const read = message.seq <= (state.agentRead[message.conversationId] ?? -1)
  return {
    key: message.clientMsgId ?? messageKey(message),
    author: message.author,
    parts: message.parts,
    atMs: message.atMs,
    ...(message.lang && { lang: message.lang }),
    ...(own && { own: read ? 'read' : 'delivered' }),
  }
}

function fromOutgoing(outgoing: Outgoing): Omit<Line, StartKeys> {
  return {
    key: outgoing.clientMsgId,
    author: { kind: 'contact' },
    parts: [partOf(outgoing)],
    atMs: outgoing.atMs,
    // a short wait for a busy server is no news
    own: outgoing.state === 'refused' && !outgoing.error ? 'sending' : outgoing.state,
    outgoing,
  }
}

function partOf({ content, preview }: Outgoing): VisitorPart {
  if (content.type !== 'media') return content
  const { kind, name, mime, bytes, url } = preview ?? {
    kind: 'file' as const,
    name: content.blobId,
    mime: '',
    bytes: 0,
    url: '',
  }
  return { type: 'media', blobId: content.blobId, kind, name, mime, bytes, url }
}

type StartKeys = 'startsDay' | 'startsGroup'
type Bare = Omit<Line, StartKeys>

function together(a: Bare, b: Bare): boolean {
  return (
    a.author.kind === b.author.kind && a.author.name === b.author.name && b.atMs - a.atMs < GROUP_MS
  )
}

function dayOf(atMs: number): string {
  return new Date(atMs).toDateString()
}
