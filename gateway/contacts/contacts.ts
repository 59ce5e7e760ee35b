/** Contacts: read with what they merged into, changed with a version, merged and parted again. */
import type { Bus } from '../bus/bus.ts'
import type { Contact, Identity, MergeEvent, MergeRule } from '../domain/contact.ts'
import { fail, YiluError } from '../errors.ts'
import { Lanes } from '../intake/lanes.ts'
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
  private readonly merging = new Lanes()
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

  /** What a contact tells of itself, taken where nothing is known yet. */
  async learn(id: string, told: Partial<Pick<Contact, 'name' | 'phone' | 'email'>>): Promise<void> {
    const filled = await fillBlanks(id, told, new Date(this.now()))
    if (filled) this.bus.publish('contact', { contactId: id })
  }

  /** What leads to these contacts is no longer what it was. */
  changed(...contactIds: (string | undefined)[]): void {
    for (const contactId of contactIds) if (contactId) this.bus.publish('contact', { contactId })
  }

  /** Have these two, or contacts merged into them, been merged and parted again? */
  async parted(a: string, b: string): Promise<boolean> {
    const [these, those] = await Promise.all([this.idsMergedInto(a), this.idsMergedInto(b)])
    const found = await MergeModel.exists({
      undoneAt: { $exists: true },
      $or: [
        { winnerId: { $in: these }, loserId: { $in: those } },
        { winnerId: { $in: those }, loserId: { $in: these } },
      ],
    })
    return found !== null
  }

  /**
   * Moves the loser's identities, conversations and tickets to the winner. What moves is written down first,
   * so that a merge cut off in the middle is finished at the next start, or undone like any other.
   * @throws NOT_FOUND; CONFLICT where both are the same contact already
   */
  merge(
    winnerId: string,
    loserId: string,
    by: string,
    rule: MergeRule = 'agent',
  ): Promise<MergeEvent> {
    // one at a time: two merges of the same pair at once would swallow each other
    return this.merging.run('', async () => {
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
        rule,
        by,
        movedIdentityIds: identities.map(({ _id }) => _id),
        movedConversationIds: conversations.map(({ _id }) => _id),
        movedTicketIds: tickets.map(({ _id }) => _id),
        filled: blanksOf(winner, loser),
        at: new Date(this.now()),
      }
      await MergeModel.create(event)
      await this.join(event)
      return event
    })
  }

  /**
   * Two contacts that have proven the same address are one; the one known longer stays.
   * @returns undefined where they are one already
   */
  async mergeProven(
    aId: string,
    bId: string,
    rule: Exclude<MergeRule, 'agent'>,
  ): Promise<MergeEvent | undefined> {
    const [a, b] = await Promise.all([this.get(aId), this.get(bId)])
    if (!a || !b || a._id === b._id) return undefined
    const older =
      a.createdAt < b.createdAt || (+a.createdAt === +b.createdAt && a._id < b._id) ? a : b
    try {
      return await this.merge(older._id, (older === a ? b : a)._id, 'system', rule)
    } catch (error) {
      // merged in the same moment by whatever else they said
      if (error instanceof YiluError && error.code === 'CONFLICT') return undefined
      throw error
    }
  }

  /** Gives back what the merge moved and nobody has moved elsewhere since. */
  undo(mergeId: string, by?: string): Promise<MergeEvent> {
    return this.merging.run('', async () => {
      const event = await MergeModel.findOneAndUpdate(
        { _id: mergeId, undoneAt: { $exists: false } },
        { $set: { undoneAt: new Date(this.now()), ...(by && { undoneBy: by }) } },
        { returnDocument: 'after' },
      ).lean<MergeEvent>()
      if (!event) fail('NOT_FOUND')
      await this.part(event)
      return event
    })
  }

  /** At start: merges and partings that a crash cut off are finished. Each step of them may be done twice. */
  async start(): Promise<number> {
    const open = await MergeModel.find({
      $or: [
        { doneAt: { $exists: false }, undoneAt: { $exists: false } },
        { undoneAt: { $exists: true }, partedAt: { $exists: false } },
      ],
    })
      .sort({ at: 1 })
      .lean<MergeEvent[]>()
    for (const event of open) {
      if (!event.undoneAt) await this.join(event)
      // of merges from before partings were ticked off, some have been made again since
      else if (!(await mergedAgain(event))) await this.part(event)
    }
    return open.length
  }

  private async join(event: MergeEvent): Promise<void> {
    const { _id, winnerId, loserId, filled = {} } = event
    await this.move(event, loserId, winnerId)
    await fillBlanks(winnerId, filled, event.at)
    await ContactModel.updateOne({ _id: loserId }, { $set: { mergedInto: winnerId } })
    await MergeModel.updateOne({ _id }, { $set: { doneAt: new Date(this.now()) } })
    this.tell(event)
  }

  private async part(event: MergeEvent): Promise<void> {
    const { _id, winnerId, loserId, filled = {} } = event
    // the winner may have been merged into another one, and taken it along
    const holderId = (await this.get(winnerId))?._id ?? winnerId
    await this.move(event, holderId, loserId)
    // what somebody has corrected meanwhile stays
    for (const [field, value] of Object.entries(filled))
      await ContactModel.updateOne(
        { _id: winnerId, [field]: value },
        { ...(field === 'vip' ? { $set: { vip: false } } : { $unset: { [field]: '' } }), ...bump },
      )
    await ContactModel.updateOne({ _id: loserId }, { $unset: { mergedInto: '' } })
    await MergeModel.updateOne({ _id }, { $set: { partedAt: new Date(this.now()) } })
    this.tell(event, holderId)
  }

  private tell({ winnerId, loserId, movedConversationIds }: MergeEvent, holderId = winnerId): void {
    for (const contactId of new Set([loserId, holderId, winnerId]))
      this.bus.publish('contact', {
        contactId,
        ...(contactId === winnerId && { movedConversationIds }),
      })
  }

  /** Moves what the event names, as far as it is where it is expected. */
  private async move(event: MergeEvent, fromId: string, toId: string): Promise<void> {
    const to = { $set: { contactId: toId } }
    const of = (ids: string[]) => ({ _id: { $in: ids }, contactId: fromId })
    await Promise.all([
      IdentityModel.updateMany(of(event.movedIdentityIds), to),
      // the version is raised, so that a turn under way reads the conversation again
      ConversationModel.updateMany(of(event.movedConversationIds), { ...to, ...bump }),
      TicketModel.updateMany(of(event.movedTicketIds), to),
    ])
  }

  private async load(id: string): Promise<Contact | undefined> {
    const contact = await ContactModel.findById(id).lean<Contact>()
    if (!contact) return undefined
    this.cache.set(id, contact)
    if (this.cache.size > CACHE_SIZE) this.cache.delete(this.cache.keys().next().value!)
    return contact
  }
}

const bump = { $inc: { version: 1 } }
const filledFields = ['name', 'phone', 'email'] as const

/** What the loser knows of itself and the winner does not. */
function blanksOf(winner: Contact, loser: Contact): MergeEvent['filled'] {
  const filled: NonNullable<MergeEvent['filled']> = {}
  for (const field of filledFields) if (!winner[field] && loser[field]) filled[field] = loser[field]
  if (loser.vip && !winner.vip) filled.vip = true
  return filled
}

/** @returns whether anything was blank */
async function fillBlanks(
  contactId: string,
  known: NonNullable<MergeEvent['filled']>,
  updatedAt: Date,
): Promise<boolean> {
  let any = false
  for (const [field, value] of Object.entries(known)) {
    if (!value) continue
    const { modifiedCount } = await ContactModel.updateOne(
      { _id: contactId, [field]: { $in: [null, '', false] } },
      { $set: { [field]: value, updatedAt }, ...bump },
    )
    any ||= modifiedCount > 0
  }
  return any
}

async function mergedAgain({ loserId, at }: MergeEvent): Promise<boolean> {
  const later = { loserId, at: { $gt: at }, undoneAt: { $exists: false } }
  return (await MergeModel.exists(later)) !== null
}
