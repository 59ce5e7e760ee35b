import type { Queue } from '../domain/queue.ts'
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { admits } from '../routing/match.ts'
import type { Mailbox } from './voicemail.ts'

/** Team leaders see all; others what they are members of, or serve the queue of. */
export function seesMailbox(
  member: Pick<StaffMember, '_id' | 'role' | 'queueIds' | 'skills'>,
  { memberIds, queueIds }: Pick<Mailbox, 'memberIds' | 'queueIds'>,
  queue: (id: string) => Queue | undefined,
): boolean {
  if (may(member.role, 'supervise')) return true
  if (!may(member.role, 'serve')) return false
  if (memberIds.length === 0 && queueIds.length === 0) return true
  if (memberIds.includes(member._id)) return true
  return queueIds.some((id) => {
    const served = queue(id)
    return served !== undefined && admits(served, member)
  })
}
