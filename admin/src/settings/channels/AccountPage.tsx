import { ArrowLeftOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import type { AccountView } from '../../../../gateway/accounts/schema.ts'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { useT } from '../../i18n/index.ts'
import { Link, navigate, useRoute } from '../../router.tsx'
import { AccountTools } from './AccountTools.tsx'
import { partsOf } from './accountParts.tsx'
import { AccountForm } from './form/AccountForm.tsx'
import { HealthMark } from './health/HealthMark.tsx'
import type { useKinds } from './useAccounts.ts'

interface Props {
  account: AccountView
  flows: FlowSummaryView[]
  kinds: ReturnType<typeof useKinds>
}

/** One account of a provider: how it fares, its settings, and what its provider lets us prepare. */
export function AccountPage({ account, flows, kinds }: Props) {
  const t = useT('settings')
  const { segments } = useRoute()
  const [editing, edit] = useState(false)
  const kind = kinds.find(account.kind)
  const parts = partsOf(account)
  const active = parts.find(({ key }) => key === segments[3]) ?? parts[0]!
  return (
    <div className="account-page">
      <header className="account-head">
        <Link to="/settings/channels" className="account-back">
          <ArrowLeftOutlined aria-hidden /> {t('channels.back')}
        </Link>
        <h2>
          {account.name} {account.health && <HealthMark health={account.health} />}
        </h2>
        <p className="quiet">
          {kinds.nameOf(account.kind!)} · <code>{account.id}</code>
        </p>
        <div className="bar">
          <Button type="primary" disabled={!kind} onClick={() => edit(true)}>
            {t('channels.settings')}
          </Button>
          <AccountTools account={account} />
        </div>
      </header>
      {parts.length === 1 ? (
        <active.Content account={account} />
      ) : (
        <Tabs
          aria-label={t('channels.parts.label')}
          activeKey={active.key}
          destroyOnHidden
          onChange={(key) => navigate(`/settings/channels/${account.id}/${key}`)}
          items={parts.map(({ key, Content }) => ({
            key,
            label: t(`channels.parts.${key}`),
            children: <Content account={account} />,
          }))}
        />
      )}
      {editing && kind && (
        <AccountForm
          kind={kind}
          account={account}
          flows={flows}
          onClose={() => edit(false)}
          onSaved={() => edit(false)}
        />
      )}
    </div>
  )
}
