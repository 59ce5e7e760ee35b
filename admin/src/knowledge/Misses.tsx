import { App, Button, Space } from 'antd'
import type { MissView } from '../../../gateway/knowledge/schema.ts'
import { api } from '../api/client.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import type { Asked } from '../records/asked.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { Time } from '../records/Time.tsx'
import { useAction } from '../records/useAction.ts'
import { useLabels } from '../records/useLabels.ts'
import type { Editing } from './editing.ts'
import { entryOfMiss } from './entry.ts'
import { TOUCHED } from './touched.ts'

interface Props {
  misses: Asked<MissView[]> & { isPending: boolean }
  onEdit(editing: Editing): void
}

/** Questions nobody answered: a new entry, a wording of one there is, or no matter of ours. */
export function Misses({ misses, onEdit }: Props) {
  const t = useT('knowledge')
  const labels = useLabels()
  const { message } = App.useApp()
  const onError = useErrorToast()
  const addTo = useAction(
    ({ lang, wordings, nearest }: MissView) =>
      api.post(`/knowledge/${nearest!.id}/variants`, {
        lang,
        texts: wordings.map(({ text }) => text),
      }),
    TOUCHED,
  )
  const dismiss = useAction(
    ({ wordings }: MissView) =>
      api.post('/knowledge/misses/dismiss', { ids: wordings.map(({ id }) => id) }),
    ['/knowledge/misses'],
  )
  return (
    <>
      <p className="quiet">{t('missesHint')}</p>
      <ItemTable
        name={t('misses')}
        items={misses}
        width={1000}
        empty={t('missesEmpty')}
        columns={[
          {
            title: t('question'),
            render: (_, { text, wordings }) => (
              <>
                {text}
                {wordings.length > 1 && (
                  <details className="quiet">
                    <summary>{t('alsoAsked', { count: wordings.length - 1 })}</summary>
                    {wordings.slice(1).map((each) => (
                      <div key={each.id}>
                        {each.text} × {each.count}
                      </div>
                    ))}
                  </details>
                )}
              </>
            ),
          },
          { title: t('lang'), dataIndex: 'lang', width: 90, render: labels.lang },
          { title: t('asked'), dataIndex: 'count', width: 100, align: 'right' },
          {
            title: t('last'),
            dataIndex: 'lastAtMs',
            width: 130,
            render: (atMs: number) => <Time atMs={atMs} />,
          },
          {
            title: t('nearest'),
            width: 200,
            render: (_, { nearest }) => nearest?.question ?? '—',
          },
          {
            title: <span className="seen-by-readers">{t('todo')}</span>,
            width: 290,
            render: (_, miss) => (
              <Space wrap size={4}>
                <Button
                  size="small"
                  type="primary"
                  onClick={() => onEdit({ draft: entryOfMiss(miss, '') })}
                >
                  {t('makeEntry')}
                </Button>
                {miss.nearest && (
                  <Button
                    size="small"
                    loading={addTo.isPending && addTo.variables?.id === miss.id}
                    onClick={() =>
                      addTo.mutate(miss, {
                        onSuccess: () => void message.success(t('addedTo')),
                        onError,
                      })
                    }
                  >
                    {t('addToNearest')}
                  </Button>
                )}
                <Button
                  size="small"
                  type="text"
                  onClick={() =>
                    dismiss.mutate(miss, {
                      onSuccess: () => void message.success(t('dismissed')),
                      onError,
                    })
                  }
                >
                  {t('notOurs')}
                </Button>
              </Space>
            ),
          },
        ]}
      />
    </>
  )
}
