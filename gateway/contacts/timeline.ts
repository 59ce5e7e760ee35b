/** All that happened with a contact, on every channel, and with those merged into it: newest first, page by page. */
import type { Contact, IdentityEvent, MergeEvent } from '../domain/contact.ts'
import type { Conversation, Leg } from '../domain/conversation.ts'
import type { Author, Message } from '../domain/message.ts'
import { plainText } from '../domain/message.ts'
import { displayPhone } from '../domain/phone-number.ts'
import type { Ticket } from '../domain/ticket.ts'
import { ConversationModel, MessageModel } from '../intake/model.ts'
import { RecordingModel } from '../recordings/model.ts'
import type { Recording } from '../recordings/recording.ts'
import { StaffModel } from '../staff/model.ts'
import { TicketModel } from '../tickets/model.ts'
import { VoicemailModel } from '../voicemail/model.ts'
import type { Voicemail } from '../voicemail/voicemail.ts'
import type { Contacts } from './contacts.ts'
import { ContactModel, IdentityEventModel, MergeModel } from './model.ts'
import type { TimelineItem, TimelineQuery, TimelineView } from './schema.ts'

const LINES = 3
const LINE_CHARS = 160

type Kind = TimelineItem['type']
/** Something with a moment, before it is filled in. */
interface Moment {
  type: Kind
  id: string
  atMs: number
  found: unknown
}

interface Cursor {
  atMs: number
  id: string
}

export class Timeline {
  private readonly contacts: Contacts

  constructor(contacts: Contacts) {
    this.contacts = contacts
  }

  async page(contactId: string, query: TimelineQuery): Promise<TimelineView> {
    const ids = await this.contacts.idsMergedInto(contactId)
    const sources = sourcesOf(ids, query).filter(
      ({ type }) => query.type === undefined || query.type === type,
    )
    const cursor = query.before === undefined ? undefined : parseCursor(query.before)
    const pages = await Promise.all(sources.map((source) => source.read(cursor, query.limit + 1)))
    const moments = pages.flat().sort(newestFirst)
    const shown = moments.slice(0, query.limit)
    const last = moments.length > query.limit ? shown.at(-1) : undefined
    return {
      items: await fillIn(shown, ids),
      ...(last && { next: `${last.atMs}.${last.id}` }),
    }
  }
}

const newestFirst = (a: Moment, b: Moment) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1)

function parseCursor(text: string): Cursor {
  const dot = text.indexOf('.')
  return { atMs: Number(text.slice(0, dot)), id: text.slice(dot + 1) }
}

/** Everything before the cursor; what happened in the same millisecond is told apart by its id. */
const before = (field: string, cursor: Cursor | undefined) =>
  cursor
    ? {
        $or: [
          { [field]: { $lt: new Date(cursor.atMs) } },
          { [field]: new Date(cursor.atMs), _id: { $lt: cursor.id } },
        ],
      }
    : {}

interface Source {
  type: Kind
  read(cursor: Cursor | undefined, limit: number): Promise<Moment[]>
}

function sourcesOf(ids: string[], { channel }: TimelineQuery): Source[] {
  const whose = { contactId: { $in: ids } }
  const moment =
    <T extends { _id: string }>(type: Kind, at: (found: T) => Date) =>
    (found: T): Moment => ({ type, id: found._id, atMs: at(found).getTime(), found })
  const conversations: Source = {
    type: 'conversation',
    read: async (cursor, limit) =>
      (
        await ConversationModel.find(
          {
            $and: [whose, before('openedAt', cursor), channel ? { 'legs.channel': channel } : {}],
          },
          { bot: 0, pending: 0 },
        )
          .sort({ openedAt: -1, _id: -1 })
          .limit(limit)
          .lean<Conversation[]>()
      ).map(moment<Conversation>('conversation', ({ openedAt }) => openedAt)),
  }
  const tickets: Source = {
    type: 'ticket',
    read: async (cursor, limit) =>
      (
        await TicketModel.find({
          $and: [whose, before('createdAt', cursor), channel ? { channel } : {}],
        })
          .sort({ createdAt: -1, _id: -1 })
          .limit(limit)
          .lean<Ticket[]>()
      ).map(moment<Ticket>('ticket', ({ createdAt }) => createdAt)),
  }
  const voicemails: Source = {
    type: 'voicemail',
    read: async (cursor, limit) =>
      (
        await VoicemailModel.find({ $and: [whose, before('leftAt', cursor)] })
          .sort({ leftAt: -1, _id: -1 })
          .limit(limit)
          .lean<Voicemail[]>()
      ).map(moment<Voicemail>('voicemail', ({ leftAt }) => leftAt)),
  }
  const merges: Source = {
    type: 'merge',
    read: async (cursor, limit) =>
      (
        await MergeModel.find({
          $and: [
            { $or: [{ winnerId: { $in: ids } }, { loserId: { $in: ids } }] },
            before('at', cursor),
          ],
        })
          .sort({ at: -1, _id: -1 })
          .limit(limit)
          .lean<MergeEvent[]>()
      ).map(moment<MergeEvent>('merge', ({ at }) => at)),
  }
  const identities: Source = {
    type: 'identity',
    read: async (cursor, limit) =>
      (
        await IdentityEventModel.find({
          $and: [
            { $or: [{ contactId: { $in: ids } }, { fromContactId: { $in: ids } }] },
            before('at', cursor),
          ],
        })
          .sort({ at: -1, _id: -1 })
          .limit(limit)
          .lean<IdentityEvent[]>()
      ).map(moment<IdentityEvent>('identity', ({ at }) => at)),
  }
  // merges and proofs belong to no channel
  if (channel === 'voice') return [conversations, tickets, voicemails]
  if (channel) return [conversations, tickets]
  return [conversations, tickets, voicemails, merges, identities]
}

/** Names, last words and recordings, asked for once for the whole page. */
async function fillIn(moments: Moment[], ids: string[]): Promise<TimelineItem[]> {
  const of = <T>(type: Kind) =>
    moments.filter((each) => each.type === type).map(({ found }) => found as T)
  const conversations = of<Conversation>('conversation')
  const merges = of<MergeEvent>('merge')
  const events = of<IdentityEvent>('identity')
  const staffIds = [
    ...conversations.map(({ agentId, lastAgentId }) => agentId ?? lastAgentId),
    ...merges.flatMap(({ by, undoneBy }) => [by, undoneBy]),
    ...events.map(({ by }) => by),
  ].filter((id) => id !== undefined)
  const otherIds = [
    ...merges.flatMap(({ winnerId, loserId }) => [winnerId, loserId]),
    ...events.flatMap(({ contactId, fromContactId }) => [contactId, fromContactId ?? contactId]),
  ]
  const [staff, contacts, recordings, lines] = await Promise.all([
    StaffModel.find({ _id: { $in: staffIds } }, { displayName: 1 }).lean<
      { _id: string; displayName: string }[]
    >(),
    ContactModel.find({ _id: { $in: otherIds } }, { name: 1, phone: 1, email: 1 }).lean<
      Pick<Contact, '_id' | 'name' | 'phone' | 'email'>[]
    >(),
    RecordingModel.find({
      conversationId: { $in: conversations.map(({ _id }) => _id) },
      kind: 'call',
      state: 'stored',
    })
      .sort({ startedAt: 1 })
      .lean<Recording[]>(),
    Promise.all(conversations.map(lastLines)),
  ])
  const names: Names = {
    staff: new Map(staff.map(({ _id, displayName }) => [_id, displayName])),
    contacts: new Map(
      contacts.map(({ _id, name, phone, email }) => [
        _id,
        name || (phone && displayPhone(phone)) || email,
      ]),
    ),
  }
  return moments.map(({ type, id, atMs, found }): TimelineItem => {
    const base = { id, atMs }
    switch (type) {
      case 'conversation': {
        const conversation = found as Conversation
        return {
          ...base,
          ...conversationItem(conversation, names),
          lines: lines[conversations.indexOf(conversation)] ?? [],
          recordings: recordings
            .filter(({ conversationId }) => conversationId === id)
            .map(({ _id, startedAt, durationMs }) => ({
              id: _id,
              startedAtMs: startedAt.getTime(),
              durationMs,
            })),
        }
      }
      case 'ticket': {
        const { serial, title, status, channel } = found as Ticket
        return { ...base, type, serial, title, status, channel }
      }
      case 'voicemail': {
        const { conversationId, seconds, transcript, recordingId, written, state } =
          found as Voicemail
        return {
          ...base,
          ...{ type, conversationId, seconds, state },
          ...(transcript && { transcript }),
          ...(!written && { recordingId }),
        }
      }
      case 'merge':
        return { ...base, ...mergeItem(found as MergeEvent, ids, names) }
      case 'identity':
        return { ...base, ...identityItem(found as IdentityEvent, ids, names) }
    }
  })
}

interface Names {
  staff: Map<string, string>
  contacts: Map<string, string | undefined>
}
type Item<K extends Kind> = Extract<TimelineItem, { type: K }>

function conversationItem(
  { state, legs, preview, lastSeq, closedAt, agentId, lastAgentId }: Conversation,
  { staff }: Names,
): Omit<Item<'conversation'>, 'id' | 'atMs' | 'lines' | 'recordings'> {
  const agentName = staff.get(agentId ?? lastAgentId ?? '')
  return {
    type: 'conversation',
    ...{ state, preview },
    channels: [...new Set(legs.filter(({ unused }) => !unused).map((leg) => leg.channel))],
    messages: lastSeq,
    ...(closedAt && { closedAtMs: closedAt.getTime() }),
    ...(agentName && { agentName }),
    calls: legs.filter(({ call }) => call).map(callOf),
  }
}

function callOf({ id, call, openedAt, endedAt }: Leg): Item<'conversation'>['calls'][number] {
  return {
    legId: id,
    direction: call!.direction,
    ...(call!.number && { number: call!.number }),
    startedAtMs: openedAt.getTime(),
    ...(endedAt && { durationMs: endedAt.getTime() - openedAt.getTime() }),
  }
}

function mergeItem(
  { winnerId, loserId, rule, by, undoneAt, undoneBy }: MergeEvent,
  ids: string[],
  { staff, contacts }: Names,
): Omit<Item<'merge'>, 'id' | 'atMs'> {
  // of a merge inside the family the winner stands for the whole
  const isLoser = !ids.includes(winnerId)
  const otherId = isLoser ? winnerId : loserId
  const [otherName, byName] = [contacts.get(otherId), staff.get(by)]
  const undoneByName = staff.get(undoneBy ?? '')
  return {
    type: 'merge',
    ...{ otherId, rule, isLoser },
    ...(otherName && { otherName }),
    ...(byName && { byName }),
    ...(undoneAt && { undoneAtMs: undoneAt.getTime() }),
    ...(undoneByName && { undoneByName }),
  }
}

function identityItem(
  { contactId, fromContactId, kind, value, how, by }: IdentityEvent,
  ids: string[],
  { staff, contacts }: Names,
): Omit<Item<'identity'>, 'id' | 'atMs'> {
  const isTaken = !ids.includes(contactId)
  const otherId = isTaken ? contactId : fromContactId
  const [otherName, byName] = [contacts.get(otherId ?? ''), staff.get(by)]
  return {
    type: 'identity',
    ...{ kind, value, how, isTaken },
    ...(byName && { byName }),
    ...(otherId && { otherId }),
    ...(otherName && { otherName }),
  }
}

/** What people said: that tells more than what the bot answered. */
async function lastLines({ _id }: Conversation): Promise<Item<'conversation'>['lines']> {
  const found = await MessageModel.find({
    conversationId: _id,
    'author.kind': { $in: ['contact', 'agent'] },
    direction: { $ne: 'internal' },
  })
    .sort({ seq: -1 })
    .limit(LINES)
    .lean<Message[]>()
  return found
    .reverse()
    .map(({ author, parts }) => ({
      from: author.kind satisfies Author['kind'],
      text: plainText(parts).slice(0, LINE_CHARS),
    }))
    .filter(({ text }) => text)
}
