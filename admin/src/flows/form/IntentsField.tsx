import { AutoComplete } from 'antd'
import { useContext } from 'react'
import { useT } from '../../i18n/index.ts'
import { asString } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { Path } from './edit-at.ts'
import { freeId } from './exits-of-items.ts'
import { Field } from './Field.tsx'
import { Fold } from './Fold.tsx'
import { blockAt, FormScopeContext, langsOf } from './form-scope.ts'
import { ItemList } from './ItemList.tsx'
import { firstWords, PerLang } from './PerLang.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { useReferences } from './references.ts'
import { TextBox } from './TextBox.tsx'
import { usePartList } from './usePartList.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

const EXIT = /^[A-Za-z0-9_][\w-]{0,39}$/

/** Intents a classifier tells apart, each with an exit; those with a label can be offered. */
export function IntentsField({ path, label, help }: Props) {
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const intents = usePartList(path, true)
  const langs = langsOf(doc)
  const { root } = useContext(FormScopeContext)
  const set = asString(blockAt(doc, String(root[1]))?.['classifier'])
  const known = useReferences('classifier').items?.find(({ id }) => id === set)?.takes ?? []
  const used = intents.list.map((each) => each['intent'])
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
            const next = known.find(({ name }) => !used.includes(name))?.name
            // an exit is named after its intent where that is free
            const id = next !== undefined && EXIT.test(next) && !intents.ids.includes(next) ? next : freeId('intent', intents.ids) // prettier-ignore
            const words = Object.fromEntries(langs.map((lang) => [lang, '']))
            intents.add({ id, intent: next ?? id, label: words })
          }}
          onMove={intents.move}
          onRemove={intents.remove}
        >
          {(at) => (
            <div className="form-stack">
              <AutoComplete
                className="form-wide"
                aria-label={`${nameOf(at)} · ${t('intent.intent')}`}
                value={asString(intents.list[at]?.['intent']) ?? ''}
                options={known.map(({ name, label: words }) => ({
                  value: name,
                  label: words === undefined ? name : `${words} · ${name}`,
                }))}
                onChange={(intent: string) => intents.put(at, ['intent'], intent, true)}
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
