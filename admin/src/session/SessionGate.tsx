import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Spin } from 'antd'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import type { Me } from '../../../gateway/desk/protocol.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { api, onSessionEvent } from '../api/client.ts'
import { ApiError } from '../api/error.ts'
import { ChangePassword } from './ChangePassword.tsx'
import { Entrance } from './Entrance.tsx'
import { SignIn } from './SignIn.tsx'
import { SessionContext } from './useSession.ts'
import type { Session } from './useSession.ts'

const KEY = ['session']

/** Nobody signed in is an answer, not an error. */
async function whoAmI(): Promise<Me | null> {
  try {
    return await api.get<Me>('/session')
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** Shows its children to somebody who is signed in with a password of their own; else the entrance. */
export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const {
    data: me,
    error,
    refetch,
  } = useQuery({ queryKey: KEY, queryFn: whoAmI, staleTime: Infinity })
  const [ended, setEnded] = useState(false)

  const arrived = useCallback(
    (next: Me) => {
      setEnded(false)
      client.setQueryData(KEY, next)
    },
    [client],
  )
  const left = useCallback(() => {
    // the session's own query stays: whoever watches it would not hear of one put in its place
    client.setQueryData(KEY, null)
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] })
    client.getMutationCache().clear()
  }, [client])

  useEffect(
    () =>
      onSessionEvent((event) => {
        if (event === 'passwordChange') {
          void client.invalidateQueries({ queryKey: KEY })
          return
        }
        // the first question "who am I" is answered by 401 too, and no session ended then
        if (client.getQueryData(KEY)) {
          setEnded(true)
          left()
        }
      }),
    [client, left],
  )

  const session = useMemo<Session | undefined>(
    () =>
      me
        ? {
            me,
            can: (permission) => me.permissions.includes(permission),
            signOut: async () => {
              await api.delete('/session')
              left()
            },
            refresh: () => void client.invalidateQueries({ queryKey: KEY }),
          }
        : undefined,
    [me, client, left],
  )

  if (error)
    return (
      <Entrance>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </Entrance>
    )
  if (me === undefined)
    return (
      <Entrance>
        <Spin />
      </Entrance>
    )
  if (!session)
    return (
      <Entrance>
        <SignIn onArrived={arrived} ended={ended} />
      </Entrance>
    )
  if (session.me.mustChangePassword)
    return (
      <Entrance>
        <ChangePassword
          me={session.me}
          onChanged={() => arrived({ ...session.me, mustChangePassword: false })}
          onSignOut={session.signOut}
        />
      </Entrance>
    )
  return <SessionContext value={session}>{children}</SessionContext>
}
