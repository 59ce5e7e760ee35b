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

/** Merging never deletes: the loser keeps its record and the event says what moved, so it can be undone. */
export interface MergeEvent {
  _id: string
  winnerId: string
  loserId: string
  rule: 'sameUnionid' | 'provenPhone' | 'signedWebUser' | 'agent'
  by: string
  movedIdentityIds: string[]
  movedConversationIds: string[]
  movedTicketIds: string[]
  at: Date
  undoneAt?: Date
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
