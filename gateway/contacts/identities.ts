/** Who writes: the contact behind an identity, made on first sight. */
import type { Contact, Identity, IdentityClaim } from '../domain/contact.ts'
import { newId } from '../store/id.ts'
import { ContactModel, IdentityModel } from './model.ts'

const CACHE_SIZE = 10_000
/** lastSeenAt is written at most this often per identity */
const SEEN_EVERY_MS = 3_600_000

export interface KnownIdentity {
  identityId: string
  contactId: string
}

export class Identities {
  private readonly cache = new Map<string, KnownIdentity & { seenAtMs: number }>()
  private readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  /** The identity and contact of a claim. Two first words at once make one contact: the identity is unique. */
  async resolve(claim: IdentityClaim, lang?: string): Promise<KnownIdentity> {
    const key = `${claim.kind}|${claim.scope}|${claim.value}`
    const cached = this.cache.get(key)
    if (cached && this.now() - cached.seenAtMs < SEEN_EVERY_MS) return cached

    const at = new Date(this.now())
    const filter = { kind: claim.kind, scope: claim.scope, value: claim.value }
    const fresh = { _id: newId(), contactId: newId(), assurance: claim.assurance, firstSeenAt: at }
    const identity = await IdentityModel.findOneAndUpdate(
      filter,
      { $setOnInsert: fresh, $set: { lastSeenAt: at } },
      { upsert: true, returnDocument: 'after' },
    ).lean<Identity>()
    const contact: Contact = {
      _id: identity!.contactId,
      vip: false,
      version: 1,
      createdAt: at,
      updatedAt: at,
      ...(lang && { lang }),
      ...(claim.kind === 'phone' && { phone: claim.value }),
    }
    // for a known identity too: a crash may have come between it and its contact
    await ContactModel.updateOne({ _id: contact._id }, { $setOnInsert: contact }, { upsert: true })
    const known = {
      identityId: identity!._id,
      contactId: identity!.contactId,
      seenAtMs: this.now(),
    }
    this.cache.set(key, known)
    if (this.cache.size > CACHE_SIZE) this.cache.delete(this.cache.keys().next().value!)
    return known
  }

  /** After a merge or its undoing the contact of an identity is another one. */
  forget(): void {
    this.cache.clear()
  }
}
