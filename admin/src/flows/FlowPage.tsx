import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { FlowSummaryView } from '../../../gateway/flows/schema.ts'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { Load } from '../records/Load.tsx'
import { useItems } from '../records/useItems.ts'
import { Page } from '../shell/Page.tsx'
import { loadCustomKinds } from './load-custom-kinds.ts'
import type { DraftView } from './useDraft.ts'

// with every kind of block, which the list of flows does not need
const FlowDesk = lazy(async () => {
  await loadCustomKinds()
  return import('./FlowDesk.tsx')
})

export function FlowPage({ id, tab }: { id: string; tab: string | undefined }) {
  const t = useT('flows')
  const flows = useItems<FlowSummaryView>('/flows')
  const draft = useQuery({
    queryKey: ['flows', 'draft', id],
    queryFn: () => api.get<DraftView>(`/flows/${id}/draft`),
  })
  const summary = flows.data?.find((flow) => flow.id === id)
  const waiting = (
    <Page title={summary?.name ?? t('title')}>
      <Load of={draft}>{() => null}</Load>
    </Page>
  )
  if (!draft.data) return waiting
  return (
    <Suspense fallback={waiting}>
      <FlowDesk id={id} summary={summary} stored={draft.data} tab={tab ?? 'canvas'} />
    </Suspense>
  )
}
