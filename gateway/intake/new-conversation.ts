/** A conversation as it begins, and a leg that joins one. */
import type { Conversation, Leg } from '../domain/conversation.ts'
import { legKey } from '../domain/conversation.ts'
import { newId } from '../store/id.ts'
import type { InboxRow } from './model.ts'

export interface Known {
  identityId: string
  contactId: string
}

/** Where the caller can write meanwhile. */
function besideLeg(row: InboxRow, { identityId }: Known, nowMs: number): Leg[] {
  const { accountId, beside } = row
  if (!beside) return []
  const openedAt = new Date(nowMs)
  return [{ id: newId(), accountId, ...beside, identityId, state: 'open', openedAt, unused: true }]
}

export function newLeg(row: InboxRow, { identityId }: Known, nowMs: number): Leg {
  const { accountId, channel, threadKey, call, scene } = row
  return {
    id: newId(),
    ...{ accountId, channel, identityId, threadKey },
    state: 'open',
    openedAt: new Date(nowMs),
    ...(call && { call }),
    ...(scene && { scene }),
  }
}

export function opened(row: InboxRow, known: Known, nowMs: number): Conversation {
  const at = new Date(nowMs)
  // the last one is where people talk
  const legs = [...besideLeg(row, known, nowMs), newLeg(row, known, nowMs)]
  return {
    _id: newId(),
    contactId: known.contactId,
    state: 'bot',
    version: 1,
    lastSeq: 0,
    lang: row.lang ?? 'zh-CN',
    legs,
    openKeys: legs.map(legKey),
    passedOver: [],
    emergency: false,
    context: {},
    preview: '',
    openedAt: at,
    lastActivityAt: at,
    pending: [],
  }
}
