import { AutoComplete } from 'antd'
import { useContext } from 'react'
import { UNCHOSEN } from '../../../../bots/flow/description.ts'
import { useT } from '../../i18n/index.ts'
import { asString, isObject } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { blockAt, FormScopeContext, useSpot } from './form-scope.ts'
import { ItemList, movedItem } from './ItemList.tsx'
import { resultsOfFlow, useCalledFlow } from './references.ts'
import { VariableBox } from './VariableBox.tsx'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

/** What a called flow gives back: a variable here, and where it comes from there. */
export function ResultsField({ path, label, help }: Props) {
  const t = useT('flows/form')
  const { value, set, problems } = useSpot(path)
  const { root } = useContext(FormScopeContext)
  const { doc } = useFlowEditor()
  const id = asString(blockAt(doc, String(root[1]))?.['flow'])
  const called = useCalledFlow(id === UNCHOSEN ? undefined : id)
  const given = called ? resultsOfFlow(called) : []
  const entries = Object.entries(isObject(value) ? value : {})
  const put = (next: [string, unknown][], merge = false) =>
    set(next.length > 0 ? Object.fromEntries(next) : undefined, { merge })
  const fresh = () => {
    const wish = given.find((name) => !entries.some(([, from]) => from === name)) ?? 'result'
    for (let number = 1; ; number++) {
      const name = number === 1 ? wish : `${wish}${number}`
      if (!entries.some(([used]) => used === name)) return [name, wish] as [string, unknown]
    }
  }
  return (
    <Field
      group
      label={label}
      help={help}
      problems={problems.filter(({ code }) => code !== 'UNDECLARED')}
    >
      {() => (
        <ItemList
          count={entries.length}
          nameOf={(at) => t('results.one', { name: entries[at]?.[0] ?? '' })}
          addLabel={t('results.add')}
          onAdd={() => put([...entries, fresh()])}
          onMove={(at, to) => put(movedItem(entries, at, to))}
          onRemove={(at) => put(entries.filter((_, other) => other !== at))}
        >
          {(at) => {
            const [name, from] = entries[at]!
            return (
              <div className="form-stack">
                <VariableBox
                  write
                  label={t('results.here', { number: at + 1 })}
                  value={name}
                  onChange={(next) => {
                    if (entries.some(([used], other) => used === next && other !== at)) return
                    put(
                      entries.map((entry, other) => (other === at ? [next, entry[1]] : entry)),
                      true,
                    )
                  }}
                />
                <div className="form-row">
                  <span aria-hidden>←</span>
                  <AutoComplete
                    className="form-grow"
                    aria-label={t('results.there', { number: at + 1 })}
                    value={asString(from) ?? ''}
                    options={given.map((each) => ({ value: each, label: each }))}
                    onChange={(next: string) => put(entries.map((entry, other) => (other === at ? [name, next] : entry)), true)} // prettier-ignore
                  />
                </div>
              </div>
            )
          }}
        </ItemList>
      )}
    </Field>
  )
}
