import {
  ApartmentOutlined,
  BookOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  FileTextOutlined,
  PlayCircleOutlined,
  SendOutlined,
  SettingOutlined,
  SoundOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { lazy } from 'react'
import type { ComponentType, ReactNode } from 'react'
import type { Permission } from '../../../gateway/domain/staff.ts'
import { VoicemailLight } from '../voicemail/VoicemailLight.tsx'

export interface Room {
  id: string
  icon: ReactNode
  /** any one of these opens it */
  needs: Permission[]
  Content: ComponentType
}

type PageModule = { default: ComponentType }
const pages = import.meta.glob<PageModule>([
  '../{desk,wallboard,tickets,contacts,voicemail,recordings,delivery,knowledge,flows,prompts,settings}/index.tsx',
])

function page(id: string): ComponentType | undefined {
  const load = pages[`../${id}/index.tsx`]
  return load && lazy(load)
}

const menu: Omit<Room, 'Content'>[] = [
  { id: 'desk', icon: <CustomerServiceOutlined aria-hidden />, needs: ['serve'] },
  { id: 'wallboard', icon: <DashboardOutlined aria-hidden />, needs: ['serve', 'supervise'] },
  {
    id: 'tickets',
    icon: <FileTextOutlined aria-hidden />,
    needs: ['readTickets', 'manageTickets'],
  },
  { id: 'contacts', icon: <TeamOutlined aria-hidden />, needs: ['serve', 'supervise'] },
  { id: 'voicemail', icon: <VoicemailLight />, needs: ['serve'] },
  {
    id: 'recordings',
    icon: <PlayCircleOutlined aria-hidden />,
    needs: ['listenRecordings', 'serve'],
  },
  { id: 'delivery', icon: <SendOutlined aria-hidden />, needs: ['supervise'] },
  { id: 'knowledge', icon: <BookOutlined aria-hidden />, needs: ['manageKnowledge'] },
  { id: 'flows', icon: <ApartmentOutlined aria-hidden />, needs: ['manageFlows'] },
  { id: 'prompts', icon: <SoundOutlined aria-hidden />, needs: ['manageFlows'] },
  {
    id: 'settings',
    icon: <SettingOutlined aria-hidden />,
    needs: ['manageStaff', 'manageRouting', 'manageAccounts', 'manageFlows'],
  },
]

/** The rooms of the console, in the order of the menu; each page is its own chunk. */
export const rooms: Room[] = menu.flatMap((entry) => {
  const Content = page(entry.id)
  return Content ? [{ ...entry, Content }] : []
})
