import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { AccountKindView, AccountView } from '../../../../gateway/accounts/schema.ts'
import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import { useT } from '../../i18n/index.ts'
import { Load } from '../../records/Load.tsx'
import { useItems } from '../../records/useItems.ts'
import { navigate, useRoute } from '../../router.tsx'
import { AccountDrawer } from './AccountDrawer.tsx'
import { AccountList } from './AccountList.tsx'
import { AccountPage } from './AccountPage.tsx'
import { AccountForm } from './form/AccountForm.tsx'
import { ItemsOrEmpty } from './ItemsOrEmpty.tsx'
import { KindChooser } from './KindChooser.tsx'
import { useAccounts, useKinds } from './useAccounts.ts'
import './channels.css'

const path = '/settings/channels'

/** Where tourists come from: `#/settings/channels`, one account below it. */
export function ChannelsTab() {
  const t = useT('settings')
  const { segments } = useRoute()
  const accounts = useAccounts()
  const kinds = useKinds()
  const flows = useItems<FlowSummaryView>('/flows').data ?? []
  const [choosing, choose] = useState(false)
  const [adding, add] = useState<AccountKindView>()
  const [editing, edit] = useState<AccountView>()
  const shown = accounts.data?.find(({ id, kind }) => id === segments[2] && kind)
  if (shown) return <AccountPage key={shown.id} account={shown} flows={flows} kinds={kinds} />
  return (
    <>
      <div className="bar">
        <span className="quiet bar-hint">{t('channels.hint')}</span>
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => choose(true)}>
          {t('channels.add')}
        </Button>
      </div>
      <Load of={accounts}>
        {(items) => (
          <ItemsOrEmpty empty={t('channels.empty')} count={items.length}>
            <AccountList
              accounts={items}
              flows={flows}
              kindName={kinds.nameOf}
              onOpen={(account) =>
                account.kind ? navigate(`${path}/${account.id}`) : edit(account)
              }
            />
          </ItemsOrEmpty>
        )}
      </Load>
      {choosing && (
        <KindChooser
          kinds={kinds.kinds}
          onClose={() => choose(false)}
          onChoose={(kind) => {
            choose(false)
            add(kind)
          }}
        />
      )}
      {adding && (
        <AccountForm
          kind={adding}
          account={undefined}
          flows={flows}
          onClose={() => add(undefined)}
          onSaved={({ id }) => {
            add(undefined)
            navigate(`${path}/${id}`)
          }}
        />
      )}
      {editing && <AccountDrawer account={editing} flows={flows} onClose={() => edit(undefined)} />}
    </>
  )
}
