import { useT } from '../../i18n/index.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { Path } from './edit-at.ts'
import { freeId } from './exits-of-items.ts'
import { Field } from './Field.tsx'
import { Fold } from './Fold.tsx'
import { langsOf } from './form-scope.ts'
import { ItemList } from './ItemList.tsx'
import { firstWords, PerLang } from './PerLang.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { TextBox } from './TextBox.tsx'
import { usePartList } from './usePartList.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

/** Intents a classifier tells apart, each with an exit; those with a label can be offered. */
export function IntentsField({ path, label, help }: Props) {
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const intents = usePartList(path, true)
  const langs = langsOf(doc)
  const nameOf = (at: number) => {
    const words = firstWords(intents.list[at]?.['label'], langs)
    return t('intent.one', {
      number: at + 1,
      name: words ?? String(intents.list[at]?.['intent'] ?? ''),
    })
  }
  return (
    <Field group label={label} help={help} problems={intents.problems}>
      {() => (
        <ItemList
          count={intents.list.length}
          nameOf={nameOf}
          addLabel={t('intent.add')}
          empty={t('intent.empty')}
          onAdd={() => {
            const id = freeId('intent', intents.ids)
            intents.add({
              id,
              intent: id,
              label: Object.fromEntries(langs.map((lang) => [lang, ''])),
            })
          }}
          onMove={intents.move}
          onRemove={intents.remove}
        >
          {(at) => (
            <div className="form-stack">
              <TextBox
                label={`${nameOf(at)} · ${t('intent.intent')}`}
                placeholder={t('intent.intent')}
                value={intents.list[at]?.['intent']}
                onChange={(intent) => intents.put(at, ['intent'], intent, true)}
              />
              <PerLang
                label={`${nameOf(at)} · ${t('intent.label')}`}
                value={intents.list[at]?.['label']}
                onChange={(lang, text) => intents.put(at, ['label', lang], text, true)}
              />
              <ProblemNotes problems={intents.problemsOf(at)} />
              <Fold title={t('choice.exitId')}>
                <TextBox
                  label={`${nameOf(at)} · ${t('choice.exitId')}`}
                  value={intents.list[at]?.['id']}
                  maxLength={40}
                  onChange={(id) => intents.rename(at, id)}
                />
              </Fold>
            </div>
          )}
        </ItemList>
      )}
    </Field>
  )
}
