import { Select } from 'antd'
import { useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import { asList, asString } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { KeyBox } from './ChoiceItem.tsx'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { langsOf } from './form-scope.ts'
import { ItemList } from './ItemList.tsx'
import { WordsBox } from './MoreWords.tsx'
import { ownNames } from './own-names.ts'
import { ProblemNotes } from './ProblemNotes.tsx'
import { TextBox } from './TextBox.tsx'
import { usePartList } from './usePartList.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

/** Languages to choose from, each named as its speakers write it. */
export function LanguagesField({ path, label, help }: Props) {
  const t = useT('flows/form')
  const labels = useLabels()
  const { doc } = useFlowEditor()
  const parts = usePartList(path, false)
  const langs = langsOf(doc)
  const nameOf = (at: number) =>
    t('language.one', { number: at + 1, name: asString(parts.list[at]?.['label']) ?? '' })
  const free = langs.find((lang) => !parts.list.some((each) => each['lang'] === lang)) ?? langs[0]!
  return (
    <Field group label={label} help={help} required problems={parts.problems}>
      {() => (
        <ItemList
          count={parts.list.length}
          min={1}
          nameOf={nameOf}
          addLabel={t('language.add')}
          onAdd={() =>
            parts.add({
              lang: free,
              dtmf: String(parts.list.length + 1),
              label: ownNames[free] ?? free,
            })
          }
          onMove={parts.move}
          onRemove={parts.remove}
        >
          {(at) => {
            const part = parts.list[at]!
            const lang = asString(part['lang'])
            return (
              <div className="form-stack">
                <div className="form-choice">
                  <KeyBox
                    label={`${nameOf(at)} · ${t('choice.key')}`}
                    value={part['dtmf']}
                    onChange={(key) => parts.put(at, ['dtmf'], key || undefined, true)}
                  />
                  <Select
                    className="form-grow"
                    aria-label={`${nameOf(at)} · ${t('language.lang')}`}
                    value={lang ?? null}
                    options={[...new Set([...langs, ...(lang === undefined ? [] : [lang])])].map(
                      (value) => ({ value, label: labels.lang(value) }),
                    )}
                    onChange={(next: string | null) =>
                      next !== null && parts.put(at, ['lang'], next)
                    }
                  />
                  <TextBox
                    label={`${nameOf(at)} · ${t('language.label')}`}
                    placeholder={t('language.label')}
                    {...(lang !== undefined && { lang })}
                    value={part['label']}
                    onChange={(text) => parts.put(at, ['label'], text, true)}
                  />
                </div>
                {lang !== undefined && !langs.includes(lang) && (
                  <ProblemNotes problems={[]} notes={[t('language.notSpoken')]} />
                )}
                <ProblemNotes problems={parts.problemsOf(at)} />
                <WordsBox
                  label={`${nameOf(at)} · ${t('choice.say')}`}
                  placeholder={t('choice.say')}
                  value={asList(part['say']).map(String)}
                  onChange={(words) => parts.put(at, ['say'], words.length > 0 ? words : undefined)}
                />
              </div>
            )
          }}
        </ItemList>
      )}
    </Field>
  )
}
