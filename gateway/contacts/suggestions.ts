/** Who else a contact may be: candidates found by what they share, judged by domain/merge-suggestions.ts. */
import type { Contact, Identity, IdentityEvent, MergeEvent } from '../domain/contact.ts'
import type { KnownAddress, KnownPerson, MergeSuggestion } from '../domain/merge-suggestions.ts'
import { reasonKey, suggestMerges } from '../domain/merge-suggestions.ts'
import { normalPhone } from '../domain/phone-number.ts'
import type { Ticket } from '../domain/ticket.ts'
import type { Conversation } from '../domain/conversation.ts'
import { ConversationModel } from '../intake/model.ts'
import { TicketModel } from '../tickets/model.ts'
import type { Contacts } from './contacts.ts'
import {
  ContactModel,
  DismissedSuggestionModel,
  IdentityEventModel,
  IdentityModel,
  MergeModel,
} from './model.ts'
import type { DismissedSuggestion } from './model.ts'

const MAX_CANDIDATES = 20
const MAX_PER_QUERY = 50
/** Conversations looked through for serial numbers. */
const RECENT = 20
const SERIAL = /^[A-Z]{1,3}\d{8}-\d{4,}$/

export class Suggestions {
  private readonly contacts: Contacts
  private readonly now: () => number

  constructor(contacts: Contacts, now: () => number) {
    this.contacts = contacts
    this.now = now
  }

  /** Best first, without those a colleague has dismissed. */
  async of(contactId: string): Promise<MergeSuggestion[]> {
    const ids = await this.contacts.idsMergedInto(contactId)
    const [person, parted] = await Promise.all([this.person(contactId, ids), partedFrom(ids)])
    const found = new Set<string>()
    for (const id of [...parted, ...(await candidates(person, ids))]) {
      const root = (await this.contacts.get(id))?._id
      if (root && root !== contactId && found.size < MAX_CANDIDATES) found.add(root)
    }
    const others = await Promise.all([...found].map((id) => this.person(id)))
    const partedRoots = await this.roots(parted)
    const suggestions = suggestMerges(person, others, partedRoots)
    const dismissed = await dismissals(contactId, [...found])
    return suggestions.filter(({ otherId, reasons }) => {
      const known = dismissed.get(pairOf(contactId, otherId))
      return !known || reasons.some((reason) => !known.includes(reasonKey(reason)))
    })
  }

  /** For all that speaks for it now; something new brings the suggestion back. */
  async dismiss(contactId: string, otherId: string, by: string): Promise<void> {
    const suggestion = (await this.of(contactId)).find((each) => each.otherId === otherId)
    if (!suggestion) return
    const reasons = suggestion.reasons.map(reasonKey)
    await DismissedSuggestionModel.updateOne(
      { _id: pairOf(contactId, otherId) },
      { $addToSet: { reasons: { $each: reasons } }, $set: { by, at: new Date(this.now()) } },
      { upsert: true },
    )
    this.contacts.changed(contactId, otherId)
  }

  private async roots(ids: string[]): Promise<Set<string>> {
    const roots = await Promise.all(ids.map(async (id) => (await this.contacts.get(id))?._id ?? id))
    return new Set(roots)
  }

  private async person(id: string, known?: string[]): Promise<KnownPerson> {
    const ids = known ?? (await this.contacts.idsMergedInto(id))
    const [contacts, identities, events, tickets, recent] = await Promise.all([
      ContactModel.find({ _id: { $in: ids } }).lean<Contact[]>(),
      IdentityModel.find({ contactId: { $in: ids } })
        .limit(MAX_PER_QUERY)
        .lean<Identity[]>(),
      IdentityEventModel.find({
        $or: [{ contactId: { $in: ids } }, { fromContactId: { $in: ids } }],
      })
        .limit(MAX_PER_QUERY)
        .lean<IdentityEvent[]>(),
      TicketModel.find({ contactId: { $in: ids } }, { serial: 1 })
        .sort({ createdAt: -1 })
        .limit(MAX_PER_QUERY)
        .lean<Pick<Ticket, 'serial'>[]>(),
      ConversationModel.find({ contactId: { $in: ids } }, { context: 1 })
        .sort({ openedAt: -1 })
        .limit(RECENT)
        .lean<Pick<Conversation, 'context'>[]>(),
    ])
    const own = tickets.map(({ serial }) => serial)
    const named = new Set(recent.flatMap(({ context }) => serialsIn(context)))
    return {
      id,
      names: contacts.flatMap(({ name }) => (name ? [name] : [])),
      addresses: [
        ...identities.map(({ kind, scope, value, assurance }) => ({
          kind,
          scope,
          value,
          assurance,
        })),
        ...contacts.flatMap(written),
        ...events.map(({ contactId, kind, scope, value }): KnownAddress => ({
          ...{ kind, scope, value },
          assurance: ids.includes(contactId) ? 'proven' : 'observed',
        })),
      ],
      tickets: own,
      askedAbout: [...named].filter((serial) => !own.includes(serial)),
    }
  }
}

/** What somebody wrote into the form. */
function written({ phone, email }: Contact): KnownAddress[] {
  const number = phone && normalPhone(phone)
  return [
    ...(number
      ? [{ kind: 'phone', scope: '', value: number, assurance: 'selfAsserted' } as const]
      : []),
    ...(email
      ? [
          {
            kind: 'email',
            scope: '',
            value: email.toLowerCase(),
            assurance: 'selfAsserted',
          } as const,
        ]
      : []),
  ]
}

async function candidates(person: KnownPerson, ids: string[]): Promise<string[]> {
  const valuesOf = (kind: KnownAddress['kind']) =>
    person.addresses.filter((each) => each.kind === kind).map(({ value }) => value)
  const addresses = person.addresses.map(({ kind, scope, value }) => ({ kind, scope, value }))
  const phones = valuesOf('phone').flatMap(writings)
  const values = person.addresses.map(({ value }) => value)
  const others = { $nin: ids }
  const [identities, contacts, events, tickets] = await Promise.all([
    addresses.length
      ? IdentityModel.find({ $or: addresses, contactId: others }, { contactId: 1 })
          .limit(MAX_PER_QUERY)
          .lean<{ contactId: string }[]>()
      : [],
    ContactModel.find(
      {
        $or: [{ phone: { $in: phones } }, { email: { $in: valuesOf('email') } }],
        _id: others,
      },
      { _id: 1 },
    )
      .limit(MAX_PER_QUERY)
      .lean<{ _id: string }[]>(),
    IdentityEventModel.find({ value: { $in: values } })
      .limit(MAX_PER_QUERY)
      .lean<IdentityEvent[]>(),
    // from who asks to whose it is; no index leads the other way
    TicketModel.find({ serial: { $in: person.askedAbout }, contactId: others }, { contactId: 1 })
      .limit(MAX_PER_QUERY)
      .lean<{ contactId: string }[]>(),
  ])
  return [
    ...events.flatMap(({ contactId, fromContactId }) => [contactId, fromContactId ?? contactId]),
    ...identities.map(({ contactId }) => contactId),
    ...contacts.map(({ _id }) => _id),
    ...tickets.map(({ contactId }) => contactId),
  ].filter((id) => !ids.includes(id))
}

/** As agents typed it before numbers were brought into one form. */
function writings(phone: string): string[] {
  if (!phone.startsWith('+86')) return [phone]
  const home = phone.slice(3)
  return [phone, home, `0${home}`, `86${home}`]
}

async function partedFrom(ids: string[]): Promise<string[]> {
  const parted = await MergeModel.find({
    undoneAt: { $exists: true },
    $or: [{ winnerId: { $in: ids } }, { loserId: { $in: ids } }],
  })
    .sort({ at: -1 })
    .limit(MAX_PER_QUERY)
    .lean<MergeEvent[]>()
  return parted
    .flatMap(({ winnerId, loserId }) => [winnerId, loserId])
    .filter((id) => !ids.includes(id))
}

async function dismissals(id: string, others: string[]): Promise<Map<string, string[]>> {
  const found = await DismissedSuggestionModel.find({
    _id: { $in: others.map((other) => pairOf(id, other)) },
  }).lean<DismissedSuggestion[]>()
  return new Map(found.map(({ _id, reasons }) => [_id, reasons]))
}

const pairOf = (a: string, b: string): string => [a, b].sort().join('|')

/** Serial numbers in what the bot noted for the agent. */
function serialsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return SERIAL.test(value) ? [value] : []
  if (typeof value !== 'object' || value === null || depth > 3) return []
  return Object.values(value).flatMap((each) => serialsIn(each, depth + 1))
}
