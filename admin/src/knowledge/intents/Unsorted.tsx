import { App, Button, Select, Space } from 'antd'
import type { IntentSetDetail, UnsortedView } from '../../../../gateway/intents/schema.ts'
import type { MissView } from '../../../../gateway/knowledge/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useName, useT } from '../../i18n/index.ts'
import { ItemTable } from '../../records/ItemTable.tsx'
import { Time } from '../../records/Time.tsx'
import { useAction } from '../../records/useAction.ts'
import { useItems } from '../../records/useItems.ts'
import { useLabels } from '../../records/useLabels.ts'
import { touchedBy } from './touched.ts'

interface Said extends UnsortedView {
  /** what is dismissed where */
  path: string
}

/** What callers really said and nothing was likely for: one choice makes it an example. */
export function Unsorted({ set }: { set: IntentSetDetail }) {
  const t = useT('knowledge/intents')
  const name = useName()
  const labels = useLabels()
  const { message } = App.useApp()
  const onError = useErrorToast()
  const own = useItems<UnsortedView>(`/intents/${set.id}/unsorted`)
  const misses = useItems<MissView>('/knowledge/misses')
  const known = new Set(set.intents.flatMap(({ examples }) => Object.values(examples).flat()))
  const said: Said[] = [
    ...(own.data ?? []).map((each) => ({ ...each, path: `/intents/${set.id}/unsorted/dismiss` })),
    ...(misses.data ?? []).map(({ id, text, lang, count, lastAtMs }) => ({
      ...{ id, text, lang, count, lastAtMs, path: '/knowledge/misses/dismiss' },
    })),
  ].filter(({ text }) => !known.has(text))
  const add = useAction(
    ({ text, lang, intent }: { text: string; lang: string; intent: string }) =>
      api.post(`/intents/${set.id}/examples`, { intent, lang, texts: [text] }),
    touchedBy(set.id),
  )
  const dismiss = useAction(
    ({ path, id }: Said) => api.post(path, { ids: [id] }),
    [...touchedBy(set.id), '/knowledge/misses'],
  )
  return (
    <>
      <p className="quiet">{t('unsortedHint')}</p>
      <ItemTable<Said>
        name={t('tabs.unsorted')}
        items={{ ...own, data: own.data && said }}
        width={760}
        empty={t('unsortedEmpty')}
        columns={[
          { title: t('said'), dataIndex: 'text' },
          { title: t('lang'), dataIndex: 'lang', width: 90, render: labels.lang },
          { title: t('times'), dataIndex: 'count', width: 80, align: 'right' },
          {
            title: t('last'),
            dataIndex: 'lastAtMs',
            width: 130,
            render: (atMs: number) => <Time atMs={atMs} />,
          },
          {
            title: t('addTo'),
            width: 280,
            render: (_, each) => (
              <Space>
                <Select
                  size="small"
                  style={{ width: 170 }}
                  aria-label={t('addOne', { text: each.text })}
                  placeholder={t('choose')}
                  value={null}
                  options={set.intents.map((intent) => ({
                    value: intent.id,
                    label:
                      intent.id === each.likeliest
                        ? t('likeliest', { name: name(intent.name) })
                        : name(intent.name),
                  }))}
                  onChange={(intent: string | null) => {
                    if (intent === null) return
                    add.mutate(
                      { text: each.text, lang: each.lang, intent },
                      { onSuccess: () => void message.success(t('added')), onError },
                    )
                  }}
                />
                <Button size="small" type="text" onClick={() => dismiss.mutate(each, { onError })}>
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
