import { Tabs } from 'antd'
import type { ComponentType } from 'react'
import type { Permission } from '../../../gateway/domain/staff.ts'
import { useT } from '../i18n/index.ts'
import { navigate, useRoute } from '../router.tsx'
import { useSession } from '../session/useSession.ts'
import { Page } from '../shell/Page.tsx'
import { CannedTab } from './canned/CannedTab.tsx'
import { ChannelsTab } from './channels/ChannelsTab.tsx'
import { ChoicesTab } from './choices/ChoicesTab.tsx'
import { HoursTab } from './hours/HoursTab.tsx'
import { KindsTab } from './kinds/KindsTab.tsx'
import { QueuesTab } from './queues/QueuesTab.tsx'
import { SkillsTab } from './skills/SkillsTab.tsx'
import { SourcesTab } from './sources/SourcesTab.tsx'
import { TelephonyTab } from './telephony/TelephonyTab.tsx'
import { UsersTab } from './users/UsersTab.tsx'
import './settings.css'

const tabs: { key: string; needs: Permission; Content: ComponentType }[] = [
  { key: 'users', needs: 'manageStaff', Content: UsersTab },
  { key: 'queues', needs: 'manageRouting', Content: QueuesTab },
  { key: 'skills', needs: 'manageRouting', Content: SkillsTab },
  { key: 'hours', needs: 'manageRouting', Content: HoursTab },
  { key: 'channels', needs: 'manageAccounts', Content: ChannelsTab },
  { key: 'telephony', needs: 'manageRouting', Content: TelephonyTab },
  { key: 'canned', needs: 'supervise', Content: CannedTab },
  { key: 'choices', needs: 'manageRouting', Content: ChoicesTab },
  { key: 'kinds', needs: 'manageRouting', Content: KindsTab },
  { key: 'sources', needs: 'manageFlows', Content: SourcesTab },
]

export default function Settings() {
  const t = useT('settings')
  const { can } = useSession()
  const { segments } = useRoute()
  const open = tabs.filter(({ needs }) => can(needs))
  const active = open.find(({ key }) => key === segments[1]) ?? open[0]
  return (
    <Page title={t('title')} hint={t('hint')}>
      <Tabs
        aria-label={t('sections')}
        activeKey={active?.key ?? ''}
        onChange={(key) => navigate(`/settings/${key}`)}
        destroyOnHidden
        items={open.map(({ key, Content }) => ({
          key,
          label: t(`tabs.${key}`),
          children: <Content />,
        }))}
      />
    </Page>
  )
}
