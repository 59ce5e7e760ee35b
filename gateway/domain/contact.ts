/** A person, the addresses that suggest or prove who it is, and merges that can be undone. */

export type IdentityKind =
  | 'webVisitor'
  | 'webUser'
  | 'phone'
  | 'email'
  | 'wechatOpenid'
  | 'wechatUnionid'
  | 'wecomExternal'
  | 'wechatyContact'
  | 'weiboUid'
  | 'directLineUser'

/** observed: seen on the wire; selfAsserted: the person said so; proven: provider, one-time code or signed token. */
export type Assurance = 'observed' | 'selfAsserted' | 'proven'

/** What a channel knows about who writes; unique by (kind, scope, value). */
export interface IdentityClaim {
  kind: IdentityKind
  /** app id, corp id, account …; '' when the value is unique everywhere */
  scope: string
  value: string
  assurance: Assurance
}

export interface Identity extends IdentityClaim {
  _id: string
  contactId: string
  firstSeenAt: Date
  lastSeenAt: Date
  /** when it was proven last */
  provenAt?: Date
}

const ladder: readonly Assurance[] = ['observed', 'selfAsserted', 'proven']

/** Those an identity may be raised from; assurance is never lowered. */
export function lowerThan(assurance: Assurance): Assurance[] {
  return ladder.slice(0, ladder.indexOf(assurance))
}

export interface Contact {
  _id: string
  /** display name, self-asserted or set by an agent */
  name?: string
  phone?: string
  email?: string
  lang?: string
  vip: boolean
  notes?: string
  /** set while this contact is merged into another one; reads follow it */
  mergedInto?: string
  version: number
  createdAt: Date
  updatedAt: Date
}

/** Why two contacts were merged: something both have proven, or an agent who says so. */
export type MergeRule = 'sameUnionid' | 'provenPhone' | 'signedWebUser' | 'sameProof' | 'agent'

/** The rule by which an address that two contacts have proven makes them one. */
export function ruleOf(kind: IdentityKind): Exclude<MergeRule, 'agent'> {
  switch (kind) {
    case 'wechatUnionid':
      return 'sameUnionid'
    case 'phone':
      return 'provenPhone'
    case 'webUser':
      return 'signedWebUser'
    default:
      return 'sameProof'
  }
}

/** Merging never deletes: the loser keeps its record and the event says what moved, so it can be undone. */
export interface MergeEvent {
  _id: string
  winnerId: string
  loserId: string
  rule: MergeRule
  /** staff id, or 'system' */
  by: string
  movedIdentityIds: string[]
  movedConversationIds: string[]
  movedTicketIds: string[]
  /** what the winner did not know and took from the loser; taken back when undone */
  filled?: Partial<Pick<Contact, 'name' | 'phone' | 'email' | 'vip'>>
  at: Date
  /** all of it has moved; absent after a crash in between, and finished at the next start */
  doneAt?: Date
  undoneAt?: Date
  undoneBy?: string
  /** all of it has moved back */
  partedAt?: Date
}

/** What became of an identity, beside merges: proven by somebody, or taken over from whom it was only seen with. */
export interface IdentityEvent {
  _id: string
  contactId: string
  identityId: string
  kind: IdentityKind
  scope: string
  value: string
  /** whose it was before */
  fromContactId?: string
  /** code: a one-time code; provider: the channel vouches for it */
  how: 'code' | 'provider'
  /** staff id, 'flow', or 'system' */
  by: string
  at: Date
}

/**
 * Two claims prove the same person only when both are proven and equal; caller ID (an observed phone)
 * never does, since it can be forged and hotels share lines.
 */
export function provesSamePerson(a: IdentityClaim, b: IdentityClaim): boolean {
  return (
    a.assurance === 'proven' &&
    b.assurance === 'proven' &&
    a.kind === b.kind &&
    a.scope === b.scope &&
    a.value === b.value
  )
}
