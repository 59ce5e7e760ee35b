/** Searching recordings, newest first, within what the asker may hear. */
import { containing } from '../contacts/containing.ts'
import type { Contacts } from '../contacts/contacts.ts'
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { served } from './access.ts'
import { RecordingModel } from './model.ts'
import type { Recording } from './recording.ts'
import type { ListRecordingsQuery } from './schema.ts'

export async function findRecordings(
  query: ListRecordingsQuery,
  member: StaffMember,
  contacts: Contacts,
): Promise<Recording[]> {
  const { q, contactId, conversationId, agentId, queueId, kind, minSeconds, limit } = query
  const conditions: object[] = [
    {
      ...(contactId && { contactId: { $in: await contacts.idsMergedInto(contactId) } }),
      ...(conversationId && { conversationId }),
      ...(agentId && { agentIds: agentId }),
      ...(queueId && { queueId }),
      ...(kind && { kind }),
      ...(minSeconds && { durationMs: { $gte: minSeconds * 1000 } }),
      ...period(query),
    },
  ]
  if (q)
    conditions.push({
      $or: [{ number: containing(q) }, { contactId: { $in: await contacts.idsByName(q) } }],
    })
  // in a list of their own, so that asking for a colleague's finds what both were in
  if (!may(member.role, 'listenRecordings')) {
    const ofTheirs = conversationId !== undefined && (await served(member._id, conversationId))
    if (!ofTheirs) conditions.push({ agentIds: member._id })
  }
  return RecordingModel.find({ $and: conditions })
    .sort({ startedAt: -1 })
    .limit(limit)
    .lean<Recording[]>()
}

function period({ fromMs, toMs, beforeMs }: ListRecordingsQuery): object {
  const ends = [toMs, beforeMs].filter((ms) => ms !== undefined)
  const startedAt = {
    ...(fromMs !== undefined && { $gte: new Date(fromMs) }),
    ...(ends.length > 0 && { $lt: new Date(Math.min(...ends)) }),
  }
  return Object.keys(startedAt).length > 0 ? { startedAt } : {}
}
