import { Spin } from 'antd'
import { Suspense, useEffect } from 'react'
import { navigate, useRoute } from '../router.tsx'
import { useSession } from '../session/useSession.ts'
import { Header } from './Header.tsx'
import { Menu } from './Menu.tsx'
import { PageFault } from './PageFault.tsx'
import { rooms } from './rooms.tsx'
import './shell.css'

/** The console's frame: the menu at the left, the header above, one room in the middle. */
export function Shell() {
  const { can } = useSession()
  const { segments } = useRoute()
  const open = rooms.filter((room) => room.needs.some(can))
  const room = open.find((candidate) => candidate.id === segments[0]) ?? open[0]

  useEffect(() => {
    if (room && segments[0] !== room.id) navigate(`/${room.id}`, { replace: true })
  }, [room, segments])

  return (
    <div className="shell">
      <Menu rooms={open} current={room?.id} />
      <div className="shell-main">
        <Header room={room?.id} />
        <main className="shell-room" id="room" tabIndex={-1}>
          <PageFault key={room?.id}>
            <Suspense fallback={<Spin className="shell-wait" />}>
              {room && <room.Content />}
            </Suspense>
          </PageFault>
        </main>
      </div>
    </div>
  )
}
