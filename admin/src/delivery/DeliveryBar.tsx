import { Segmented, Select } from 'antd'
import type { OutboxSummaryView } from '../../../gateway/accounts/schema.ts'
import { useT } from '../i18n/index.ts'
import { totals } from './share.ts'
import { views } from './useFilter.ts'
import type { Filter, View } from './useFilter.ts'

interface Props {
  filter: Filter
  summary: OutboxSummaryView[]
  nameOf(accountId: string): string
  onChange(change: Partial<Filter>): void
}

export function DeliveryBar({ filter, summary, nameOf, onChange }: Props) {
  const t = useT('delivery')
  const chosen = summary.filter(
    ({ accountId }) => !filter.accountId || accountId === filter.accountId,
  )
  const { waiting, dead, deadInbox } = totals(chosen)
  const counts: Record<View, number> = { waiting, dead, unhandled: deadInbox }
  const ids = new Set([...summary.map(({ accountId }) => accountId), filter.accountId])
  return (
    <div className="bar" role="search">
      <Segmented<View>
        className="chosen"
        aria-label={t('view')}
        value={filter.view}
        onChange={(view) => onChange({ view })}
        options={views.map((value) => ({
          value,
          label:
            counts[value] > 0 ? `${t(`views.${value}`)} (${counts[value]})` : t(`views.${value}`),
        }))}
      />
      <Select
        aria-label={t('accounts')}
        style={{ minWidth: 190 }}
        value={filter.accountId}
        onChange={(accountId) => onChange({ accountId })}
        options={[
          { value: '', label: t('allAccounts') },
          ...[...ids].filter(Boolean).map((value) => ({ value, label: nameOf(value) })),
        ]}
      />
    </div>
  )
}
