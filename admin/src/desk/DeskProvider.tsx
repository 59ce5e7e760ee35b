import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { announce, api } from '../api/client.ts'
import { useSession } from '../session/useSession.ts'
import { newKey } from '../api/newKey.ts'
import { Desk } from './desk.ts'
import type { News } from './desk.ts'
import type { Socket } from './link/connection.ts'
import { PhoneContext } from './phone/usePhone.ts'
import { useSoftphone } from './phone/useSoftphone.ts'
import { LiveWords } from './status/LiveWords.tsx'
import { useNews } from './status/useNews.ts'
import { DeskContext } from './useDesk.ts'

const timers = {
  set: (callback: () => void, afterMs: number) => setTimeout(callback, afterMs),
  clear: (timer: unknown) => clearTimeout(timer as number | undefined),
}

function dial(): Socket {
  const scheme = window.location.protocol === 'https:' ? 'wss:' : 'ws:'
  // the browser hands an event to each handler; the line needs only that of a message
  return new WebSocket(`${scheme}//${window.location.host}/desk/ws`) as unknown as Socket
}

/** Holds the line for as long as one is signed in, whichever room is on screen. */
export function DeskProvider({ children }: { children: ReactNode }) {
  const { me, can } = useSession()
  const [desk, setDesk] = useState<Desk>()
  const { words, hear } = useNews()
  const hearing = useRef<(news: News) => void>(hear)
  useEffect(() => {
    hearing.current = hear
  }, [hear])

  const wanted = can('serve') || can('supervise')
  useEffect(() => {
    if (!wanted) return
    const next = new Desk(me.id, {
      dial,
      timers,
      random: Math.random,
      now: Date.now,
      newId: newKey,
      shelf: localStorage,
      onNews: (news) => hearing.current(news),
      // a socket refused for want of a session looks like a broken line; asking by REST tells them apart
      onLost: (attempts) => {
        if (attempts % 3 === 2) api.get('/session').catch(() => undefined)
      },
      onSignedOut: announce,
    })
    const hurry = () => next.hurry()
    window.addEventListener('online', hurry)
    setDesk(next)
    return () => {
      window.removeEventListener('online', hurry)
      next.stop()
    }
  }, [me.id, wanted])

  const phone = useSoftphone(desk, me.id)
  return (
    <DeskContext value={desk}>
      <PhoneContext value={phone}>
        {children}
        <LiveWords words={words} />
      </PhoneContext>
    </DeskContext>
  )
}
