import { useT } from '../../i18n/index.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { KeyBox } from './ChoiceItem.tsx'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { Fold } from './Fold.tsx'
import { langsOf } from './form-scope.ts'
import { ItemList } from './ItemList.tsx'
import { MoreWords } from './MoreWords.tsx'
import { NumberBox } from './NumberBox.tsx'
import { firstWords, PerLang } from './PerLang.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { usePartList } from './usePartList.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

/** Scores of a survey: the key that gives each, and its name. */
export function ScaleField({ path, label, help }: Props) {
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const scores = usePartList(path, false)
  const langs = langsOf(doc)
  const nameOf = (at: number) =>
    t('score.one', { number: at + 1, name: firstWords(scores.list[at]?.['label'], langs) ?? '' })
  return (
    <Field group label={label} help={help} required problems={scores.problems}>
      {() => (
        <ItemList
          count={scores.list.length}
          min={1}
          nameOf={nameOf}
          addLabel={t('score.add')}
          onAdd={() => {
            const number = scores.list.length + 1
            const words = Object.fromEntries(langs.map((lang) => [lang, '']))
            scores.add({ dtmf: String(number), score: number, label: words })
          }}
          onMove={scores.move}
          onRemove={scores.remove}
        >
          {(at) => (
            <div className="form-stack">
              <div className="form-choice">
                <KeyBox
                  label={`${nameOf(at)} · ${t('choice.key')}`}
                  value={scores.list[at]?.['dtmf']}
                  onChange={(key) => scores.put(at, ['dtmf'], key, true)}
                />
                <NumberBox
                  label={`${nameOf(at)} · ${t('score.score')}`}
                  value={scores.list[at]?.['score']}
                  unit={t('score.unit')}
                  onChange={(score) => scores.put(at, ['score'], score ?? '', true)}
                />
              </div>
              <PerLang
                label={`${nameOf(at)} · ${t('choice.label')}`}
                value={scores.list[at]?.['label']}
                onChange={(lang, text) => scores.put(at, ['label', lang], text, true)}
              />
              <ProblemNotes problems={scores.problemsOf(at)} />
              <Fold title={t('choice.say')}>
                <MoreWords
                  label={nameOf(at)}
                  value={scores.list[at]?.['say']}
                  onChange={(say) => scores.put(at, ['say'], say)}
                />
              </Fold>
            </div>
          )}
        </ItemList>
      )}
    </Field>
  )
}
