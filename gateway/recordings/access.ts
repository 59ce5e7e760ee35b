/** Who may hear a recording, and who did. */
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import { ConversationModel } from '../intake/model.ts'
import { newId } from '../store/id.ts'
import { RecordingAccessModel, RecordingModel } from './model.ts'
import type { Recording, RecordingAccess } from './recording.ts'
import type { Recordings } from './recordings.ts'

/** A player asks for one file in many pieces; within this time that is one sitting. */
const SITTING_MS = 10 * 60_000

/** By role, because they talked in it, or because they served the conversation it belongs to. */
export async function mayHear(
  member: StaffMember,
  recording: Pick<Recording, 'agentIds' | 'conversationId'>,
): Promise<boolean> {
  if (may(member.role, 'listenRecordings')) return true
  if (!may(member.role, 'serve')) return false
  return recording.agentIds.includes(member._id) || served(member._id, recording.conversationId)
}

/** Has it now, had it last, or talked in another of its calls. */
export async function served(staffId: string, conversationId: string): Promise<boolean> {
  const has = await ConversationModel.exists({
    _id: conversationId,
    $or: [{ agentId: staffId }, { lastAgentId: staffId }],
  })
  return (
    has !== null || (await RecordingModel.exists({ conversationId, agentIds: staffId })) !== null
  )
}

/** Written before anything is heard; what cannot be written down is not played. */
export async function noteAccess(
  recordingId: string,
  member: Pick<StaffMember, '_id' | 'displayName'>,
  what: RecordingAccess['what'],
  from: string,
  nowMs: number,
): Promise<void> {
  const lastAt = new Date(nowMs)
  const staffId = member._id
  const { matchedCount } = await RecordingAccessModel.updateOne(
    { recordingId, staffId, what, from, lastAt: { $gte: new Date(nowMs - SITTING_MS) } },
    { $set: { lastAt }, $inc: { requests: 1 } },
  )
  if (matchedCount) return
  const access: RecordingAccess = {
    _id: newId(),
    recordingId,
    staffId,
    name: member.displayName,
    what,
    from,
    at: lastAt,
    lastAt,
    requests: 1,
  }
  await RecordingAccessModel.create(access)
}

/** Newest first, at most 200. */
export async function accessesOf(recordingId: string): Promise<RecordingAccess[]> {
  return RecordingAccessModel.find({ recordingId })
    .sort({ at: -1 })
    .limit(200)
    .lean<RecordingAccess[]>()
}

/** The file of a recording a member plays into a call; logged like any listening. @throws NOT_FOUND, FORBIDDEN, RECORDING_GONE */
export async function fileToPlay(
  recordings: Recordings,
  id: string,
  member: StaffMember,
  nowMs: number,
): Promise<string> {
  const recording = (await recordings.get(id)) ?? fail('NOT_FOUND')
  if (!(await mayHear(member, recording))) fail('FORBIDDEN')
  const file = await recordings.audioFile(id)
  await noteAccess(id, member, 'play', 'desk', nowMs)
  return file
}
