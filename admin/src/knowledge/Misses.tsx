import { Button } from 'antd'
import { useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import type { Asked } from '../records/asked.ts'
import { Time } from '../records/Time.tsx'
import { useLabels } from '../records/useLabels.ts'
import { entryOfMiss } from './entry.ts'
import type { Miss } from './entry.ts'
import type { Editing } from './editing.ts'

interface Props {
  misses: Asked<Miss[]> & { isPending: boolean }
  onEdit(editing: Editing): void
}

/** Questions nobody answered; one click makes an entry of one. */
export function Misses({ misses, onEdit }: Props) {
  const t = useT('knowledge')
  const labels = useLabels()
  return (
    <>
      <p className="quiet">{t('missesHint')}</p>
      <ItemTable
        name={t('misses')}
        items={{
          ...misses,
          data: misses.data?.map((miss) => ({ ...miss, id: `${miss.lang} ${miss.text}` })),
        }}
        width={700}
        empty={t('missesEmpty')}
        columns={[
          { title: t('question'), dataIndex: 'text' },
          { title: t('lang'), dataIndex: 'lang', width: 100, render: labels.lang },
          { title: t('asked'), dataIndex: 'count', width: 110, align: 'right' },
          {
            title: t('last'),
            dataIndex: 'lastAtMs',
            width: 170,
            render: (atMs: number) => <Time atMs={atMs} />,
          },
          {
            title: <span className="seen-by-readers">{t('makeEntry')}</span>,
            width: 130,
            render: (_, miss) => (
              <Button size="small" onClick={() => onEdit({ draft: entryOfMiss(miss, '') })}>
                {t('makeEntry')}
              </Button>
            ),
          },
        ]}
      />
    </>
  )
}
