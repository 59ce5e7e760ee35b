import { createContext, useContext } from 'react'
import type { Me } from '../../../gateway/desk/protocol.ts'
import type { Permission } from '../../../gateway/domain/staff.ts'

export interface Session {
  me: Me
  can(permission: Permission): boolean
  signOut(): Promise<void>
  /** asks the server who we are again, e.g. after one's own record changed */
  refresh(): void
}

export const SessionContext = createContext<Session | undefined>(undefined)

/** Who is signed in. Only below the sign-in gate, so there always is somebody. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is used outside the sign-in gate')
  return session
}
