import { Grid, Tabs } from 'antd'
import type { ComponentType } from 'react'
import type { Permission } from '../../../../gateway/domain/staff.ts'
import { useT } from '../../i18n/index.ts'
import { navigate, useRoute } from '../../router.tsx'
import { useSession } from '../../session/useSession.ts'
import { ExtensionsTab } from './ExtensionsTab.tsx'
import { MailboxesTab } from './MailboxesTab.tsx'
import { NumbersTab } from './NumbersTab.tsx'
import { StatusTab } from './StatusTab.tsx'
import { TrunksTab } from './TrunksTab.tsx'
import './telephony.css'

const tabs: { key: string; needs: Permission; Content: ComponentType }[] = [
  { key: 'numbers', needs: 'manageAccounts', Content: NumbersTab },
  { key: 'trunks', needs: 'manageAccounts', Content: TrunksTab },
  { key: 'extensions', needs: 'manageAccounts', Content: ExtensionsTab },
  { key: 'mailboxes', needs: 'manageRouting', Content: MailboxesTab },
  { key: 'status', needs: 'manageAccounts', Content: StatusTab },
]

/** Everything about calls; `#/settings/telephony/trunks`. */
export function TelephonyTab() {
  const t = useT('settings')
  const { can } = useSession()
  const { segments } = useRoute()
  const wide = Grid.useBreakpoint().md !== false
  const open = tabs.filter(({ needs }) => can(needs))
  const active = open.find(({ key }) => key === segments[2]) ?? open[0]
  return (
    <Tabs
      aria-label={t('telephony.sections')}
      tabPlacement={wide ? 'start' : 'top'}
      className="telephony"
      activeKey={active?.key ?? ''}
      onChange={(key) => navigate(`/settings/telephony/${key}`)}
      destroyOnHidden
      items={open.map(({ key, Content }) => ({
        key,
        label: t(`telephony.tabs.${key}`),
        children: <Content />,
      }))}
    />
  )
}
