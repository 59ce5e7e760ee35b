import type { OutboxSummaryView } from '../../../gateway/accounts/schema.ts'
import { useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'
import { Page } from '../shell/Page.tsx'
import { AccountBars } from './AccountBars.tsx'
import { DeliveryBar } from './DeliveryBar.tsx'
import { EVERY_MS } from './everyMs.ts'
import { OutgoingList } from './OutgoingList.tsx'
import { UnhandledList } from './UnhandledList.tsx'
import { useFilter } from './useFilter.ts'
import './delivery.css'

/** Messages on their way and those that failed, over all accounts. */
export default function Delivery() {
  const t = useT('delivery')
  const [filter, setFilter] = useFilter()
  const summary = useItems<OutboxSummaryView>('/outbox/summary', {}, { everyMs: EVERY_MS })
  const { view, accountId } = filter
  const nameOf = (id: string) => summary.data?.find((each) => each.accountId === id)?.name ?? id
  return (
    <Page title={t('title')} hint={t('hint')}>
      {summary.data && (
        <AccountBars
          summary={summary.data}
          nameOf={nameOf}
          chosen={accountId}
          onChoose={(id) => setFilter({ accountId: id })}
        />
      )}
      <DeliveryBar
        filter={filter}
        summary={summary.data ?? []}
        nameOf={nameOf}
        onChange={setFilter}
      />
      {view === 'unhandled' ? (
        <UnhandledList accountId={accountId} nameOf={nameOf} />
      ) : (
        <OutgoingList key={view} view={view} accountId={accountId} nameOf={nameOf} />
      )}
    </Page>
  )
}
