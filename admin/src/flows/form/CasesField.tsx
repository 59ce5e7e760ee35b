import { useT } from '../../i18n/index.ts'
import { ConditionEditor } from './ConditionEditor.tsx'
import type { Path } from './edit-at.ts'
import { freeId } from './exits-of-items.ts'
import { Field } from './Field.tsx'
import { ItemList } from './ItemList.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { TextBox } from './TextBox.tsx'
import { usePartList } from './usePartList.ts'
import { useVariables } from './useVariables.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

/** Cases of a branch, looked at from top to bottom: a name, which is an exit, and a condition. */
export function CasesField({ path, label, help }: Props) {
  const t = useT('flows/form')
  const variables = useVariables()
  const cases = usePartList(path, true)
  const first = variables.find((each) => each.group === 'flow')?.path ?? 'lang'
  const nameOf = (at: number) => t('case.one', { number: at + 1, name: cases.ids[at] ?? '' })
  return (
    <Field group label={label} help={help} problems={cases.problems}>
      {() => (
        <ItemList
          count={cases.list.length}
          nameOf={nameOf}
          addLabel={t('case.add')}
          empty={t('case.empty')}
          onAdd={() =>
            cases.add({ id: freeId('case', cases.ids), when: { var: first, op: 'notEmpty' } })
          }
          onMove={cases.move}
          onRemove={cases.remove}
        >
          {(at) => (
            <div className="form-stack">
              <TextBox
                label={`${nameOf(at)} · ${t('case.name')}`}
                value={cases.list[at]?.['id']}
                maxLength={40}
                onChange={(id) => cases.rename(at, id)}
              />
              {cases.ids.some((id, other) => id === cases.ids[at] && other !== at) && (
                <ProblemNotes problems={[]} notes={[t('case.twice')]} />
              )}
              <ConditionEditor
                label={nameOf(at)}
                value={cases.list[at]?.['when']}
                problems={cases.problemsOf(at)}
                onChange={(when, merge) => cases.put(at, ['when'], when, merge)}
              />
            </div>
          )}
        </ItemList>
      )}
    </Field>
  )
}
