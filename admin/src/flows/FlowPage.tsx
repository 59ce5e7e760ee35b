import type { FlowSummaryView } from '../../../gateway/flows/schema.ts'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { Load } from '../records/Load.tsx'
import { useItems } from '../records/useItems.ts'
import { Page } from '../shell/Page.tsx'
import { FlowDesk } from './FlowDesk.tsx'
import type { DraftView } from './useDraft.ts'

export function FlowPage({ id, tab }: { id: string; tab: string | undefined }) {
  const t = useT('flows')
  const flows = useItems<FlowSummaryView>('/flows')
  const draft = useQuery({
    queryKey: ['flows', 'draft', id],
    queryFn: () => api.get<DraftView>(`/flows/${id}/draft`),
  })
  const summary = flows.data?.find((flow) => flow.id === id)
  if (draft.data)
    return <FlowDesk id={id} summary={summary} stored={draft.data} tab={tab ?? 'outline'} />
  return (
    <Page title={summary?.name ?? t('title')}>
      <Load of={draft}>{() => null}</Load>
    </Page>
  )
}
