/** Who may hear a recording, and who did. */
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { newId } from '../store/id.ts'
import { RecordingAccessModel } from './model.ts'
import type { Recording, RecordingAccess } from './recording.ts'

/** A player asks for one file in many pieces; within this time that is one sitting. */
const SITTING_MS = 10 * 60_000

/** By role, or because they talked in it. */
export function mayHear(member: StaffMember, recording: Pick<Recording, 'agentIds'>): boolean {
  if (may(member.role, 'listenRecordings')) return true
  return may(member.role, 'serve') && recording.agentIds.includes(member._id)
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
