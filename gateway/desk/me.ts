import type { Permission, StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import type { Me } from './protocol.ts'

const all: Permission[] = [
  'serve',
  'supervise',
  'manageStaff',
  'manageRouting',
  'manageFlows',
  'manageKnowledge',
  'manageTickets',
  'readTickets',
  'manageAccounts',
  'listenRecordings',
]

/** What a member is told about themselves: who they are and what they may do, never a hash. */
export function meView(member: StaffMember): Me {
  return {
    id: member._id,
    userName: member.userName,
    name: member.displayName,
    role: member.role,
    lang: member.lang,
    permissions: all.filter((permission) => may(member.role, permission)),
    mustChangePassword: member.mustChangePassword,
  }
}
