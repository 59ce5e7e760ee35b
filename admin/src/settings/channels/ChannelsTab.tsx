import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import type { AccountView } from '../../../../gateway/intake/schema.ts'
import { useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { useItems } from '../../records/useItems.ts'
import { useLabels } from '../../records/useLabels.ts'
import { ListTab } from '../ListTab.tsx'
import { AccountDrawer } from './AccountDrawer.tsx'

export function ChannelsTab() {
  const t = useT('settings')
  const labels = useLabels()
  const flows = useItems<FlowSummaryView>('/flows')
  return (
    <ListTab<AccountView>
      path="/accounts"
      name={t('tabs.channels')}
      hint={t('channels.hint')}
      empty={t('channels.empty')}
      canCreate={false}
      titleOf={(account) => account.name}
      drawer={(account, close) =>
        account && <AccountDrawer account={account} flows={flows.data ?? []} onClose={close} />
      }
      columns={[
        { title: t('channels.channel'), dataIndex: 'channel', width: 130, render: labels.channel },
        {
          title: t('channels.flow'),
          dataIndex: 'flowId',
          render: (id: string) => flows.data?.find((flow) => flow.id === id)?.name ?? id,
        },
        { title: t('channels.lang'), dataIndex: 'lang', width: 130, render: labels.lang },
        {
          title: t('enabled'),
          dataIndex: 'enabled',
          width: 110,
          render: (enabled: boolean) => (
            <Mark tone={enabled ? 'green' : 'red'}>{t(enabled ? 'enabled' : 'disabled')}</Mark>
          ),
        },
      ]}
    />
  )
}
