import { App, Button, Dropdown } from 'antd'
import type { WordsView } from '../../../../gateway/measures/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { ItemTable } from '../../records/ItemTable.tsx'
import { Time } from '../../records/Time.tsx'
import { useAction } from '../../records/useAction.ts'
import { useItems } from '../../records/useItems.ts'
import { useLabels } from '../../records/useLabels.ts'
import { navigate } from '../../router.tsx'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { BlockNames } from './useBlockNames.ts'
import { addWording, choicesOf } from './wording.ts'

/** stands for what was masked; words with a hole in them pick nothing */
const MASK = '•'

/** What was said where nothing matched, and what to make of it. */
export function Words({ flowId, names }: { flowId: string; names: BlockNames }) {
  const t = useT('flows/measure')
  const labels = useLabels()
  const { message } = App.useApp()
  const showError = useErrorToast()
  const { doc, change, select } = useFlowEditor()
  const path = `/flows/${flowId}/measures/words`
  const words = useItems<WordsView>(path)
  const dismiss = useAction((id: string) => api.delete(`${path}/${id}`), [path])
  const gone = (id: string) => void dismiss.mutateAsync(id).catch(showError)
  const add = ({ id, block, lang, text }: WordsView, choice: { id: string; label: string }) => {
    change((now) => addWording(now, block, choice.id, lang, text))
    void message.success(t('wordingAdded', { text, choice: choice.label }))
    gone(id)
  }
  return (
    <section className="part" aria-label={t('words')}>
      <h2>{t('words')}</h2>
      <p className="quiet">{t('wordsHint')}</p>
      <ItemTable<WordsView>
        name={t('words')}
        items={words}
        width={720}
        empty={t('wordsEmpty')}
        columns={[
          { title: t('said'), dataIndex: 'text' },
          {
            title: t('column.block'),
            width: 150,
            render: (_, { block }) =>
              names.kind(block) === undefined ? (
                block
              ) : (
                <button
                  type="button"
                  className="open-cell"
                  onClick={() => select([block], { bringIntoView: true })}
                >
                  {names.title(block)}
                </button>
              ),
          },
          { title: t('lang'), dataIndex: 'lang', width: 90, render: labels.lang },
          { title: t('count'), dataIndex: 'count', width: 80, align: 'right' },
          {
            title: t('last'),
            dataIndex: 'lastAtMs',
            width: 130,
            render: (atMs: number) => <Time atMs={atMs} />,
          },
          {
            title: <span className="seen-by-readers">{t('actions')}</span>,
            width: 290,
            render: (_, item) => {
              const choices = choicesOf(doc, item.block, item.lang)
              return (
                <span className="measure-actions">
                  {choices.length > 0 && (
                    <Dropdown
                      trigger={['click']}
                      disabled={item.text.includes(MASK)}
                      menu={{
                        items: choices.map(({ id, label }) => ({ key: id, label })),
                        onClick: ({ key }) =>
                          add(
                            item,
                            choices.find(({ id }) => id === key) ?? { id: key, label: key },
                          ),
                      }}
                    >
                      <Button size="small">{t('asWording')}</Button>
                    </Dropdown>
                  )}
                  <Button
                    size="small"
                    onClick={() =>
                      navigate(
                        `/knowledge/entries?${new URLSearchParams({ question: item.text, lang: item.lang })}`,
                      )
                    }
                  >
                    {t('toKnowledge')}
                  </Button>
                  <Button size="small" type="text" onClick={() => gone(item.id)}>
                    {t('dismiss')}
                  </Button>
                </span>
              )
            },
          },
        ]}
      />
    </section>
  )
}
