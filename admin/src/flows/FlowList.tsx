import type { FlowSummaryView } from '../../../gateway/flows/schema.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { ItemTable } from '../records/ItemTable.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { Time } from '../records/Time.tsx'
import { useItems } from '../records/useItems.ts'
import { navigate } from '../router.tsx'
import { Page } from '../shell/Page.tsx'

export function FlowList() {
  const t = useT('flows')
  const flows = useItems<FlowSummaryView>('/flows')
  const open = ({ id }: FlowSummaryView) => navigate(`/flows/${id}`)
  return (
    <Page title={t('title')} hint={t('hint')}>
      <ItemTable
        name={t('list')}
        items={flows}
        width={760}
        onOpen={open}
        empty={t('empty')}
        columns={[
          {
            title: t('name'),
            render: (_, flow) => (
              <>
                <OpenCell onOpen={() => open(flow)}>{flow.name}</OpenCell>
                <div className="quiet">{flow.id}</div>
              </>
            ),
          },
          {
            title: t('kind'),
            dataIndex: 'kind',
            width: 120,
            render: (kind: string) => t(`kinds.${kind}`),
          },
          {
            title: t('live'),
            dataIndex: 'liveVersion',
            width: 140,
            render: (version?: number) =>
              version === undefined ? (
                <Mark>{t('notLive')}</Mark>
              ) : (
                <Mark tone="green">{t('version', { version })}</Mark>
              ),
          },
          {
            title: t('updated'),
            width: 240,
            render: (_, flow) => (
              <>
                <Time atMs={flow.updatedAtMs} /> <span className="quiet">· {flow.updatedBy}</span>
              </>
            ),
          },
        ]}
      />
    </Page>
  )
}
