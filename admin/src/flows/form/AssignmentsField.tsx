import { useT } from '../../i18n/index.ts'
import { asList, isObject } from '../doc.ts'
import { writeAt } from './edit-at.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { problemsAt, useSpot } from './form-scope.ts'
import { ItemList, movedItem } from './ItemList.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { useVariables } from './useVariables.ts'
import { ValueEditor } from './ValueEditor.tsx'
import { VariableBox } from './VariableBox.tsx'
import { typeOf } from './variables.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

/** Variable := value, one after the other. */
export function AssignmentsField({ path, label, help }: Props) {
  const t = useT('flows/form')
  const { value, set, problems } = useSpot(path)
  const variables = useVariables()
  const list = asList(value)
  const nameOf = (at: number) => {
    const line = list[at]
    return t('assign.one', {
      number: at + 1,
      name: isObject(line) ? String(line['var'] ?? '') : '',
    })
  }
  return (
    <Field
      group
      label={label}
      help={help}
      problems={problems.filter(({ field }) => field === path.join('.'))}
    >
      {() => (
        <ItemList
          count={list.length}
          nameOf={nameOf}
          addLabel={t('assign.add')}
          empty={t('assign.empty')}
          onAdd={() => {
            const first = variables.find((each) => each.group === 'flow')?.path
            set([...list, { var: first ?? 'note', value: { literal: '' } }])
          }}
          onMove={(at, to) => set(movedItem(list, at, to))}
          onRemove={(at) => set(list.filter((_, other) => other !== at))}
        >
          {(at) => {
            const line = isObject(list[at]) ? list[at] : {}
            const own = problemsAt(problems, [...path, at]).filter(
              ({ code }) => code !== 'UNDECLARED',
            )
            return (
              <div className="form-stack">
                <VariableBox
                  write
                  label={t('assign.variable', { number: at + 1 })}
                  value={line['var']}
                  onChange={(name) => set(writeAt(list, [at, 'var'], name), { merge: true })}
                />
                <ValueEditor
                  label={t('assign.value', { number: at + 1 })}
                  type={typeOf(variables, line['var'])}
                  value={line['value']}
                  onChange={(next, merge) => set(writeAt(list, [at, 'value'], next), { merge: merge ?? false })} // prettier-ignore
                />
                <ProblemNotes problems={own} />
              </div>
            )
          }}
        </ItemList>
      )}
    </Field>
  )
}
