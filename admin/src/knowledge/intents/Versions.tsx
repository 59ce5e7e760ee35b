import { App, Button } from 'antd'
import type { IntentSetDetail, IntentVersionView } from '../../../../gateway/intents/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { ItemTable } from '../../records/ItemTable.tsx'
import { Mark } from '../../records/Mark.tsx'
import { Time } from '../../records/Time.tsx'
import { useAction } from '../../records/useAction.ts'
import { useItems } from '../../records/useItems.ts'
import { touchedBy } from './touched.ts'

/** Trained versions; callers are pointed to one of them. */
export function Versions({ set }: { set: IntentSetDetail }) {
  const t = useT('knowledge/intents')
  const { message } = App.useApp()
  const onError = useErrorToast()
  const versions = useItems<IntentVersionView>(`/intents/${set.id}/versions`)
  const rollBack = useAction(
    (number: number) => api.post(`/intents/${set.id}/rollback`, { number }),
    touchedBy(set.id),
  )
  return (
    <ItemTable
      name={t('tabs.versions')}
      items={{
        ...versions,
        data: versions.data?.map((each) => ({ ...each, id: String(each.number) })),
      }}
      width={700}
      empty={t('noVersions')}
      columns={[
        { title: t('number'), dataIndex: 'number', width: 80 },
        {
          title: t('at'),
          dataIndex: 'atMs',
          width: 130,
          render: (atMs: number) => <Time atMs={atMs} />,
        },
        { title: t('by'), dataIndex: 'by', width: 120 },
        { title: t('note'), dataIndex: 'note' },
        { title: t('examples'), dataIndex: 'examples', width: 90, align: 'right' },
        {
          title: t('checkFirst'),
          width: 110,
          align: 'right',
          render: (_, { figures: { asked, first } }) =>
            asked ? `${Math.round((100 * first) / asked)} %` : '—',
        },
        {
          title: t('state'),
          width: 130,
          render: (_, { number, live }) =>
            live ? (
              <Mark tone="green">{t('inUse')}</Mark>
            ) : (
              <Button
                size="small"
                loading={rollBack.isPending && rollBack.variables === number}
                onClick={() =>
                  rollBack.mutate(number, {
                    onSuccess: () => void message.success(t('rolledBack', { number })),
                    onError,
                  })
                }
              >
                {t('rollBack')}
              </Button>
            ),
        },
      ]}
    />
  )
}
