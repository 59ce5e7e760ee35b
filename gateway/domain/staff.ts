/** The people who work here, what they may do, and how they stand at the moment. */

export type Role = 'administrator' | 'teamLeader' | 'agent' | 'content'
export const roles: readonly Role[] = ['administrator', 'teamLeader', 'agent', 'content']

/** busy carries a reason; wrapUp is set by the system while the last call or chat is written up */
export type AgentState = 'ready' | 'busy' | 'wrapUp' | 'offline'

export type Permission =
  | 'serve'
  | 'supervise'
  | 'manageStaff'
  | 'manageRouting'
  | 'manageFlows'
  | 'manageKnowledge'
  | 'manageTickets'
  | 'readTickets'
  | 'manageAccounts'
  | 'listenRecordings'

const permissions: Record<Role, readonly Permission[]> = {
  administrator: [
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
  ],
  teamLeader: [
    'serve',
    'supervise',
    'manageRouting',
    'manageTickets',
    'readTickets',
    'manageKnowledge',
    'listenRecordings',
  ],
  agent: ['serve', 'manageTickets', 'readTickets'],
  content: ['manageFlows', 'manageKnowledge'],
}

export function may(role: Role, permission: Permission): boolean {
  return permissions[role].includes(permission)
}

/** How an agent takes calls: in the console, or on a telephone that is dialled for each call (follow-me). */
export type PhoneDevice =
  { kind: 'browser' } | { kind: 'extension'; number: string } | { kind: 'number'; number: string }

export interface StaffMember {
  _id: string
  /** sign-in name (工号) */
  userName: string
  displayName: string
  role: Role
  /** level 1…5 by skill id */
  skills: Record<string, number>
  /** queues served; a queue also admits everyone who has all its skills when this is empty */
  queueIds: string[]
  /** conversations held at once, by kind of channel */
  capacity: { chat: number }
  lang: string
  disabled: boolean
  mustChangePassword: boolean
  passwordHash: string
  version: number
  createdAt: Date
}
