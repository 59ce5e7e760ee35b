/** Who writes: the contact behind an identity, made on first sight; and what else proves who it is. */
import type { Contact, Identity, IdentityClaim, IdentityEvent } from '../domain/contact.ts'
import { lowerThan, ruleOf } from '../domain/contact.ts'
import { linkOf } from '../domain/linking.ts'
import { newId } from '../store/id.ts'
import type { Contacts } from './contacts.ts'
import { ContactModel, IdentityEventModel, IdentityModel } from './model.ts'

const CACHE_SIZE = 10_000
/** lastSeenAt is written at most this often per identity */
const SEEN_EVERY_MS = 3_600_000
/** A provider names one or two further ids of a person. */
const MAX_ALSO_KNOWN = 8
const MAX_NAME = 64

export interface KnownIdentity {
  identityId: string
  contactId: string
}

/** What a channel knows of who is there; an Envelope and an inbox row fit. */
export interface Sighting {
  identity: IdentityClaim
  alsoKnownAs?: IdentityClaim[]
  displayName?: string
  lang?: string
}

/** Who proved an address, and by what. The same id is the same proof, however often it is told. */
export type Proof = Pick<IdentityEvent, '_id' | 'how' | 'by'>

export class Identities {
  private readonly cache = new Map<string, KnownIdentity & { seenAtMs: number }>()
  private readonly now: () => number
  private readonly contacts: Contacts

  constructor(now: () => number, contacts: Contacts) {
    this.now = now
    this.contacts = contacts
  }

  /** The identity and contact of a claim. Two first words at once make one contact: the identity is unique. */
  resolve(claim: IdentityClaim, lang?: string): Promise<KnownIdentity> {
    return this.seen({ identity: claim, ...(lang && { lang }) })
  }

  /**
   * The identity of who is there, and whose conversation it is. What the provider proves beside it is linked to
   * the same contact: see domain/linking.ts and docs/contacts.md. May be repeated.
   */
  async seen(sighting: Sighting): Promise<KnownIdentity> {
    const key = cacheKey(sighting)
    const cached = this.cache.get(key)
    if (cached && this.now() - cached.seenAtMs < SEEN_EVERY_MS) return cached
    const known = { ...(await this.recognise(sighting)), seenAtMs: this.now() }
    this.cache.set(key, known)
    if (this.cache.size > CACHE_SIZE) this.cache.delete(this.cache.keys().next().value!)
    return known
  }

  /**
   * A colleague writes to this contact there. The address is theirs where nobody was seen with it before; else
   * it stays whose it is.
   * @returns the identity
   */
  async reachedAt(contactId: string, claim: IdentityClaim): Promise<string> {
    const { identity } = await this.note(claim, contactId)
    return identity._id
  }

  /**
   * This contact has proven that an address is theirs. Who else has proven it is the same person; from whoever
   * it was merely seen with it is taken.
   * @returns the contact the address leads to now
   */
  async prove(
    contactId: string,
    address: Omit<IdentityClaim, 'assurance'>,
    proof: Proof,
  ): Promise<KnownIdentity> {
    const claim: IdentityClaim = { ...address, assurance: 'proven' }
    const contact = await this.contacts.get(contactId)
    const id = contact?._id ?? contactId
    const { identity, before } = await this.note(claim, id)
    const holderId = await this.holder(identity)
    let from: string | undefined
    if (holderId !== id) {
      const parted = await this.contacts.parted(holderId, id)
      const link = linkOf({
        own: 'proven',
        claimed: 'proven',
        held: before,
        parted,
        nowMs: this.now(),
      })
      if (link === 'merge') await this.contacts.mergeProven(holderId, id, ruleOf(claim.kind))
      // parted by a colleague, and proven anew by one of them: the last proof counts
      else from = holderId
    }
    await this.record(identity, id, proof, from)
    if (from) await this.hand(identity, id)
    await this.raise(identity, claim)
    const { kind, value } = address
    if (kind === 'phone' || kind === 'email') await this.contacts.learn(id, { [kind]: value })
    this.contacts.changed(id, from)
    return { identityId: identity._id, contactId: (await this.contacts.get(id))?._id ?? id }
  }

  /** After a merge or its undoing the contact of an identity is another one. */
  forget(contactId?: string): void {
    if (contactId === undefined) this.cache.clear()
    else
      for (const [key, known] of this.cache)
        if (known.contactId === contactId) this.cache.delete(key)
  }

  private async recognise(sighting: Sighting): Promise<KnownIdentity> {
    const { identity: claim, displayName } = sighting
    const also = (sighting.alsoKnownAs ?? []).slice(0, MAX_ALSO_KNOWN)
    // a proven address leads somebody new to the contact who has proven it before
    const homeId = (await this.homeOf(also)) ?? newId()
    const { identity, isNew } = await this.note(claim, homeId)
    const name = displayName?.trim().slice(0, MAX_NAME)
    await this.makeContact(identity.contactId, sighting, name)
    if (!isNew) await this.raise(identity, claim)

    let contactId = isNew ? identity.contactId : await this.holder(identity)
    const own = stronger(claim, identity)
    for (const each of also) contactId = await this.link(contactId, each, own)
    if (name || also.length) await this.learn(contactId, also, name)
    return { identityId: identity._id, contactId }
  }

  /** One more address of the same person. @returns whose words these are now */
  private async link(
    contactId: string,
    claim: IdentityClaim,
    own: Identity['assurance'],
  ): Promise<string> {
    // what people only say of themselves is kept with the contact, and leads nobody here
    if (claim.assurance !== 'proven') return contactId
    // on a computer in a hotel lobby one signs in after the other
    const isAnother = own !== 'proven' && (await this.hasAnother(contactId, claim))
    const home = isAnother ? newId() : contactId
    const { identity, before, isNew } = await this.note(claim, home)
    if (isNew && isAnother) await this.makeContact(home, { identity: claim }, undefined)
    const holderId = isNew ? home : await this.holder(identity)
    if (holderId === contactId) {
      await this.raise(identity, claim)
      return contactId
    }
    const parted = await this.contacts.parted(holderId, contactId)
    const link = linkOf({ own, claimed: claim.assurance, held: before, parted, nowMs: this.now() })
    switch (link) {
      case 'merge':
        await this.contacts.mergeProven(holderId, contactId, ruleOf(claim.kind))
        return (await this.contacts.get(contactId))?._id ?? contactId
      case 'takeOver': {
        const _id = `${identity._id}:${holderId}:${contactId}`
        await this.record(identity, contactId, { _id, how: 'provider', by: 'system' }, holderId)
        await this.hand(identity, contactId)
        await this.raise(identity, claim)
        this.contacts.changed(contactId, holderId)
        return contactId
      }
      case 'follow':
        return holderId
      case 'leave':
        return contactId
    }
  }

  /** Has the contact proven another address of this kind already? */
  private async hasAnother(
    contactId: string,
    { kind, scope, value }: IdentityClaim,
  ): Promise<boolean> {
    const other = { contactId, kind, scope, value: { $ne: value }, assurance: 'proven' as const }
    return (await IdentityModel.exists(other)) !== null
  }

  /** The contact that has proven one of these before. */
  private async homeOf(also: IdentityClaim[]): Promise<string | undefined> {
    const proven = also.filter(({ assurance }) => assurance === 'proven').map(addressOf)
    if (proven.length === 0) return undefined
    const found = await IdentityModel.findOne({ $or: proven, assurance: 'proven' })
      .sort({ firstSeenAt: 1 })
      .lean<Identity>()
    return found ? this.holder(found) : undefined
  }

  /** Stores that the address was seen. `before`: as it stood until then, for judging who has it. */
  private async note(
    claim: IdentityClaim,
    contactId: string,
  ): Promise<{ identity: Identity; before: Identity; isNew: boolean }> {
    const at = new Date(this.now())
    const { assurance } = claim
    const fresh: Identity = {
      ...addressOf(claim),
      _id: newId(),
      contactId,
      assurance,
      firstSeenAt: at,
      lastSeenAt: at,
      ...(assurance === 'proven' && { provenAt: at }),
    }
    const { lastSeenAt, ...onInsert } = fresh
    const before = await IdentityModel.findOneAndUpdate(
      addressOf(claim),
      { $setOnInsert: onInsert, $set: { lastSeenAt } },
      { upsert: true, returnDocument: 'before' },
    ).lean<Identity>()
    return before
      ? { identity: before, before, isNew: false }
      : { identity: fresh, before: fresh, isNew: true }
  }

  /** For a known identity too: a crash may have come between it and its contact. */
  private async makeContact(
    contactId: string,
    { identity: claim, lang }: Sighting,
    name: string | undefined,
  ): Promise<void> {
    const at = new Date(this.now())
    const contact: Contact = {
      _id: contactId,
      vip: false,
      version: 1,
      createdAt: at,
      updatedAt: at,
      ...(lang && { lang }),
      ...(name && { name }),
      ...(claim.kind === 'phone' && claim.scope === '' && { phone: claim.value }),
      ...(claim.kind === 'email' && { email: claim.value }),
    }
    await ContactModel.updateOne({ _id: contactId }, { $setOnInsert: contact }, { upsert: true })
  }

  private async learn(
    contactId: string,
    also: IdentityClaim[],
    name: string | undefined,
  ): Promise<void> {
    const told = (kind: IdentityClaim['kind']) =>
      also.find((each) => each.kind === kind && each.scope === '')?.value
    const [phone, email] = [told('phone'), told('email')]
    const contact = await this.contacts.get(contactId)
    const isNews =
      (name && !contact?.name) || (phone && !contact?.phone) || (email && !contact?.email)
    if (isNews)
      await this.contacts.learn(contactId, {
        ...(name && { name }),
        ...(phone && { phone }),
        ...(email && { email }),
      })
  }

  private async holder({ contactId }: Pick<Identity, 'contactId'>): Promise<string> {
    return (await this.contacts.get(contactId))?._id ?? contactId
  }

  /** Assurance is raised, never lowered. */
  private async raise(identity: Identity, { assurance }: IdentityClaim): Promise<void> {
    const lower = lowerThan(assurance)
    if (assurance === 'proven')
      await IdentityModel.updateOne(
        { _id: identity._id },
        { $set: { assurance, provenAt: new Date(this.now()) } },
      )
    else if (lower.includes(identity.assurance))
      await IdentityModel.updateOne(
        { _id: identity._id, assurance: { $in: lower } },
        { $set: { assurance } },
      )
  }

  /** Gives the identity to another contact, if it is still where it was seen. */
  private async hand({ _id, contactId }: Identity, toId: string): Promise<void> {
    await IdentityModel.updateOne({ _id, contactId }, { $set: { contactId: toId } })
  }

  private async record(
    { _id: identityId, kind, scope, value }: Identity,
    contactId: string,
    proof: Proof,
    from: string | undefined,
  ): Promise<void> {
    const event: IdentityEvent = {
      ...proof,
      contactId,
      identityId,
      kind,
      scope,
      value,
      at: new Date(this.now()),
      ...(from && { fromContactId: from }),
    }
    await IdentityEventModel.updateOne(
      { _id: proof._id },
      { $setOnInsert: event },
      { upsert: true },
    )
  }
}

const addressOf = ({ kind, scope, value }: Omit<IdentityClaim, 'assurance'>) => ({
  kind,
  scope,
  value,
})

function stronger(a: IdentityClaim, b: IdentityClaim): IdentityClaim['assurance'] {
  return lowerThan(a.assurance).includes(b.assurance) ? a.assurance : b.assurance
}

function cacheKey({ identity, alsoKnownAs = [], displayName = '' }: Sighting): string {
  const claims = [identity, ...alsoKnownAs]
  return [...claims.map((c) => `${c.kind}|${c.scope}|${c.value}|${c.assurance}`), displayName].join(
    '\n',
  )
}
