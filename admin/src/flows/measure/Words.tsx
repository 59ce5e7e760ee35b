import { App } from 'antd'
import type { WordsView } from '../../../../gateway/measures/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useT } from '../../i18n/index.ts'
import { ItemTable } from '../../records/ItemTable.tsx'
import { Time } from '../../records/Time.tsx'
import { useAction } from '../../records/useAction.ts'
import { useItems } from '../../records/useItems.ts'
import { useLabels } from '../../records/useLabels.ts'
import { Link } from '../../router.tsx'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { WordsActions } from './WordsActions.tsx'
import type { BlockNames } from './useBlockNames.ts'
import { addWording, choicesOf } from './wording.ts'
import type { Choice } from './wording.ts'

/** Beside the drawing there is room for these. */
const SHOWN_BESIDE = 8

interface Props {
  flowId: string
  names: BlockNames
  onGo(block: string): void
  wide: boolean
}

/** What was said where nothing matched, and what to make of it. */
export function Words({ flowId, names, onGo, wide }: Props) {
  const t = useT('flows/measure')
  const labels = useLabels()
  const { message } = App.useApp()
  const showError = useErrorToast()
  const { doc, change } = useFlowEditor()
  const path = `/flows/${flowId}/measures/words`
  const words = useItems<WordsView>(path)
  const dismiss = useAction((id: string) => api.delete(`${path}/${id}`), [path])
  const gone = (id: string) => void dismiss.mutateAsync(id).catch(showError)
  const add = ({ id, block, lang, text }: WordsView, choice: Choice) => {
    change((now) => addWording(now, block, choice.id, lang, text))
    void message.success(t('wordingAdded', { text, choice: choice.label }))
    gone(id)
  }
  const blockColumn = {
    title: t('column.block'),
    width: 150,
    render: (_: unknown, { block }: WordsView) =>
      names.kind(block) === undefined ? (
        block
      ) : (
        <button type="button" className="open-cell" onClick={() => onGo(block)}>
          {names.title(block)}
        </button>
      ),
  }
  const countColumn = { title: t('count'), dataIndex: 'count', width: 70, align: 'right' } as const
  const saidColumn = { title: t('said'), dataIndex: 'text' }
  return (
    <section className="part" aria-label={t('words')}>
      <h2>{t('words')}</h2>
      <p className="quiet">{t('wordsHint')}</p>
      <ItemTable<WordsView>
        name={t('words')}
        items={wide ? words : { ...words, data: words.data?.slice(0, SHOWN_BESIDE) }}
        width={wide ? 760 : 300}
        empty={t('wordsEmpty')}
        columns={
          wide
            ? [
                saidColumn,
                blockColumn,
                { title: t('lang'), dataIndex: 'lang', width: 90, render: labels.lang },
                countColumn,
                {
                  title: t('last'),
                  dataIndex: 'lastAtMs',
                  width: 130,
                  render: (atMs: number) => <Time atMs={atMs} />,
                },
                {
                  title: <span className="seen-by-readers">{t('actions')}</span>,
                  width: 320,
                  render: (_, item) => (
                    <WordsActions
                      words={item}
                      choices={choicesOf(doc, item.block, item.lang)}
                      onWording={(choice) => add(item, choice)}
                      onDismiss={() => gone(item.id)}
                    />
                  ),
                },
              ]
            : [saidColumn, { ...blockColumn, width: 110 }, countColumn]
        }
        {...(!wide &&
          words.data?.length && {
            footer: <Link to={`/flows/${flowId}/figures`}>{t('allWords')}</Link>,
          })}
      />
    </section>
  )
}
