import type { FlowSummaryView } from '../../../../gateway/flows/schema.ts'
import type { NumberView } from '../../../../gateway/telephony/schema.ts'
import { useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { useItems } from '../../records/useItems.ts'
import { useLabels } from '../../records/useLabels.ts'
import { ListTab } from '../ListTab.tsx'
import { NumberDrawer } from './NumberDrawer.tsx'

export function NumbersTab() {
  const t = useT('settings')
  const labels = useLabels()
  const flows = useItems<FlowSummaryView>('/flows')
  return (
    <ListTab<NumberView>
      path="/telephony/number-plan"
      name={t('telephony.tabs.numbers')}
      hint={t('telephony.numbers.hint')}
      empty={t('telephony.numbers.empty')}
      width={820}
      titleOf={(entry) => entry.name}
      drawer={(entry, close) => (
        <NumberDrawer entry={entry} flows={flows.data ?? []} onClose={close} />
      )}
      columns={[
        {
          title: t('telephony.numbers.numbers'),
          dataIndex: 'numbers',
          render: (numbers: string[]) => (
            <span className="number-list">
              {numbers.map((each) => (
                <Mark key={each} tone="teal">
                  {each === '*' ? t('telephony.numbers.any') : each}
                </Mark>
              ))}
            </span>
          ),
        },
        {
          title: t('telephony.numbers.flowId'),
          dataIndex: 'flowId',
          width: 160,
          render: (id: string) => flows.data?.find((flow) => flow.id === id)?.name ?? id,
        },
        {
          title: t('telephony.numbers.lang'),
          dataIndex: 'lang',
          width: 90,
          render: labels.lang,
        },
        {
          title: t('telephony.numbers.record'),
          dataIndex: 'record',
          width: 110,
          render: (record: boolean) =>
            t(`telephony.numbers.${record ? 'recorded' : 'notRecorded'}`),
        },
        {
          title: t('enabled'),
          dataIndex: 'enabled',
          width: 90,
          render: (enabled: boolean) => (
            <Mark tone={enabled ? 'green' : 'red'}>{t(enabled ? 'enabled' : 'disabled')}</Mark>
          ),
        },
      ]}
    />
  )
}
