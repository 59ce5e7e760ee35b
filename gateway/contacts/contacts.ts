/** Contacts: read with what they merged into, changed with a version, merged and parted again. */
import type { Bus } from '../bus/bus.ts'
import type { Contact, Identity, MergeEvent } from '../domain/contact.ts'
import { fail } from '../errors.ts'
import { ConversationModel } from '../intake/model.ts'
import { newId } from '../store/id.ts'
import { TicketModel } from '../tickets/model.ts'
import { containing } from './containing.ts'
import { ContactModel, IdentityModel, MergeModel } from './model.ts'

const CACHE_SIZE = 10_000
/** Merges of merges are followed this far. */
const MAX_HOPS = 10

export class Contacts {
  private readonly cache = new Map<string, Contact>()
  private readonly bus: Bus
  private readonly now: () => number

  constructor(options: { bus: Bus; now: () => number }) {
    this.bus = options.bus
    this.now = options.now
    this.bus.subscribe('contact', ({ contactId }) => this.cache.delete(contactId))
  }

  /** The contact, or the one it was merged into. */
  async get(id: string): Promise<Contact | undefined> {
    let wanted = id
    for (let hop = 0; hop < MAX_HOPS; hop++) {
      const contact = this.cache.get(wanted) ?? (await this.load(wanted))
      if (!contact?.mergedInto) return contact
      wanted = contact.mergedInto
    }
    return undefined
  }

  /** Of the contacts with these words in their name, at most 200. */
  async idsByName(words: string): Promise<string[]> {
    const found = await ContactModel.find({ name: containing(words) }, { _id: 1 })
      .limit(200)
      .lean<{ _id: string }[]>()
    return found.map(({ _id }) => _id)
  }

  /** The contact and all that were merged into it: what was filed under them is theirs. */
  async idsMergedInto(id: string): Promise<string[]> {
    const ids = new Set([id])
    let newest = [id]
    for (let hop = 0; hop < MAX_HOPS && newest.length > 0; hop++) {
      const found = await ContactModel.find({ mergedInto: { $in: newest } }, { _id: 1 }).lean<
        { _id: string }[]
      >()
      newest = found.map(({ _id }) => _id).filter((each) => !ids.has(each))
      for (const each of newest) ids.add(each)
    }
    return [...ids]
  }

  async identities(contactId: string): Promise<Identity[]> {
    return IdentityModel.find({ contactId }).sort({ firstSeenAt: 1 }).lean<Identity[]>()
  }

  async update(id: string, version: number, fields: Partial<Contact>): Promise<Contact> {
    const contact = await ContactModel.findOneAndUpdate(
      { _id: id, version },
      { $set: { ...fields, updatedAt: new Date(this.now()) }, $inc: { version: 1 } },
      { returnDocument: 'after' },
    ).lean<Contact>()
    if (!contact) return fail((await ContactModel.exists({ _id: id })) ? 'CONFLICT' : 'NOT_FOUND')
    this.bus.publish('contact', { contactId: id })
    return contact
  }

  /**
   * Moves the loser's identities, conversations and tickets to the winner. What moved is written down first,
   * so that a merge cut off in the middle can be finished or undone like any other.
   */
  async merge(winnerId: string, loserId: string, by: string): Promise<MergeEvent> {
    const [winner, loser] = await Promise.all([this.get(winnerId), this.get(loserId)])
    if (!winner || !loser) fail('NOT_FOUND')
    if (winner._id === loser._id) fail('CONFLICT')
    const [identities, conversations, tickets] = await Promise.all([
      IdentityModel.find({ contactId: loser._id }, { _id: 1 }).lean<{ _id: string }[]>(),
      ConversationModel.find({ contactId: loser._id }, { _id: 1 }).lean<{ _id: string }[]>(),
      TicketModel.find({ contactId: loser._id }, { _id: 1 }).lean<{ _id: string }[]>(),
    ])
    const event: MergeEvent = {
      _id: newId(),
      winnerId: winner._id,
      loserId: loser._id,
      rule: 'agent',
      by,
      movedIdentityIds: identities.map(({ _id }) => _id),
      movedConversationIds: conversations.map(({ _id }) => _id),
      movedTicketIds: tickets.map(({ _id }) => _id),
      at: new Date(this.now()),
    }
    await MergeModel.create(event)
    await this.move(event, loser._id, winner._id)
    await this.point(event, winner._id)
    return event
  }

  /** Gives back what the merge moved and nobody has moved elsewhere since. */
  async undo(mergeId: string): Promise<MergeEvent> {
    const event = await MergeModel.findOneAndUpdate(
      { _id: mergeId, undoneAt: { $exists: false } },
      { $set: { undoneAt: new Date(this.now()) } },
      { returnDocument: 'after' },
    ).lean<MergeEvent>()
    if (!event) fail('NOT_FOUND')
    // the winner may have been merged into another one, and taken it along
    const holder = await this.get(event.winnerId)
    await this.move(event, holder?._id ?? event.winnerId, event.loserId)
    await this.point(event)
    return event
  }

  /** Moves what the event names, as far as it is where it is expected. */
  private async move(event: MergeEvent, fromId: string, toId: string): Promise<void> {
    const to = { $set: { contactId: toId } }
    const of = (ids: string[]) => ({ _id: { $in: ids }, contactId: fromId })
    await Promise.all([
      IdentityModel.updateMany(of(event.movedIdentityIds), to),
      // the version is raised, so that a turn under way reads the conversation again
      ConversationModel.updateMany(of(event.movedConversationIds), { ...to, $inc: { version: 1 } }),
      TicketModel.updateMany(of(event.movedTicketIds), to),
    ])
  }

  /** Lets the loser lead to the winner, or stand for itself again. */
  private async point({ winnerId, loserId }: MergeEvent, mergedInto?: string): Promise<void> {
    await ContactModel.updateOne(
      { _id: loserId },
      mergedInto ? { $set: { mergedInto } } : { $unset: { mergedInto: '' } },
    )
    for (const contactId of [winnerId, loserId]) this.bus.publish('contact', { contactId })
  }

  private async load(id: string): Promise<Contact | undefined> {
    const contact = await ContactModel.findById(id).lean<Contact>()
    if (!contact) return undefined
    this.cache.set(id, contact)
    if (this.cache.size > CACHE_SIZE) this.cache.delete(this.cache.keys().next().value!)
    return contact
  }
}
