import type { TicketKindView } from '../../../../gateway/tickets/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { ListTab } from '../ListTab.tsx'
import { KindDrawer } from './KindDrawer.tsx'

export function KindsTab() {
  const t = useT('settings')
  const name = useName()
  return (
    <ListTab<TicketKindView>
      path="/ticket-kinds"
      name={t('tabs.kinds')}
      hint={t('kinds.hint')}
      empty={t('kinds.empty')}
      titleOf={(kind) => name(kind.name)}
      drawer={(kind, close) => <KindDrawer kind={kind} onClose={close} />}
      columns={[
        { title: t('kinds.prefix'), dataIndex: 'prefix', width: 140 },
        {
          title: t('kinds.dueHours'),
          dataIndex: 'dueHours',
          width: 130,
          render: (count: number) => t('kinds.hours', { count }),
        },
        { title: t('kinds.department'), dataIndex: 'department', width: 180 },
        {
          title: t('kinds.fields'),
          width: 160,
          render: (_, { fields }) => t('kinds.fieldCount', { count: fields.length }),
        },
      ]}
    />
  )
}
