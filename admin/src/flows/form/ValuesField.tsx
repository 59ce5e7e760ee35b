import { AutoComplete, Button } from 'antd'
import { useContext } from 'react'
import { UNCHOSEN } from '../../../../bots/flow/description.ts'
import { useT } from '../../i18n/index.ts'
import { asString, isObject } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { blockAt, FormScopeContext, useSpot } from './form-scope.ts'
import { ItemList, movedItem } from './ItemList.tsx'
import { parametersOfFlow, useCalledFlow, useReferences } from './references.ts'
import type { Parameter } from './references.ts'
import { ValueEditor } from './ValueEditor.tsx'

interface Props {
  path: Path
  label: string
  help?: string | undefined
  names?: 'variables' | 'parameters' | 'free' | undefined
}

/** Name → value; where the thing referred to says what it takes, its names are offered. */
export function ValuesField({ path, label, help, names }: Props) {
  const t = useT('flows/form')
  const { value, set, problems } = useSpot(path)
  const takes = useParameters(names === 'parameters')
  const entries = Object.entries(isObject(value) ? value : {})
  const put = (next: [string, unknown][]) =>
    set(next.length > 0 || path[0] === 'fields' ? Object.fromEntries(next) : undefined)
  const free = takes.filter(({ name }) => !entries.some(([used]) => used === name))
  const add = (name: string) => put([...entries, [name, { literal: '' }]])
  const freshName = () => {
    const wish = free[0]?.name ?? 'name'
    for (let number = 1; ; number++) {
      const name = number === 1 ? wish : `${wish}${number}`
      if (!entries.some(([used]) => used === name)) return name
    }
  }
  return (
    <Field group label={label} help={help} problems={problems}>
      {() => (
        <>
          <ItemList
            count={entries.length}
            nameOf={(at) => `${label} · ${entries[at]?.[0] ?? ''}`}
            addLabel={t('values.add')}
            onAdd={() => add(freshName())}
            onMove={(at, to) => put(movedItem(entries, at, to))}
            onRemove={(at) => put(entries.filter((_, other) => other !== at))}
          >
            {(at) => {
              const [name, each] = entries[at]!
              const parameter = takes.find((one) => one.name === name)
              return (
                <div className="form-stack">
                  <NameBox
                    label={t('values.nameOf', { label, number: at + 1 })}
                    name={name}
                    takes={takes}
                    taken={entries.map(([used]) => used)}
                    onChange={(next) => put(entries.map((entry, other) => (other === at ? [next, entry[1]] : entry)))} // prettier-ignore
                  />
                  {parameter?.label !== undefined && <p className="form-help">{parameter.label}</p>}
                  <ValueEditor
                    label={name}
                    value={each}
                    onChange={(next, merge) => {
                      const whole = Object.fromEntries(entries.map((entry, other) => (other === at ? [name, next] : entry))) // prettier-ignore
                      set(whole, { merge: merge ?? false })
                    }}
                  />
                </div>
              )
            }}
          </ItemList>
          {free.length > 0 && (
            <div className="form-row form-wrap" role="group" aria-label={t('values.offered')}>
              {free.map(({ name, label: words, required }) => (
                <Button
                  key={name}
                  size="small"
                  onClick={({ currentTarget }) => {
                    const field = currentTarget.closest('[role=group]')?.parentElement
                    add(name)
                    // the button goes with the click: on to what came of it
                    requestAnimationFrame(() => {
                      const items = [...(field?.querySelectorAll('[data-item]') ?? [])]
                      items.at(-1)?.querySelector<HTMLElement>('input')?.focus()
                    })
                  }}
                >
                  + {words ?? name}
                  {required && ' *'}
                </Button>
              ))}
            </div>
          )}
        </>
      )}
    </Field>
  )
}

/** What the thing this block refers to takes. */
function useParameters(wanted: boolean): Parameter[] {
  const { root } = useContext(FormScopeContext)
  const { doc } = useFlowEditor()
  const block = wanted && root[0] === 'blocks' ? blockAt(doc, String(root[1])) : undefined
  const type = asString(block?.['type'])
  const sources = useReferences('source').items
  const kinds = useReferences('ticketKind').items
  const flowId = type === 'subflow' ? asString(block?.['flow']) : undefined
  const called = useCalledFlow(flowId === UNCHOSEN ? undefined : flowId)
  if (called) return parametersOfFlow(called)
  const [list, id] = type === 'query' ? [sources, block?.['source']] : type === 'ticket' ? [kinds, block?.['kind']] : [] // prettier-ignore
  const takes = list?.find((each) => each.id === id)?.takes ?? []
  // whoever looks a ticket up or adds to it needs its number, whatever its kind
  const op = block?.['op']
  if (type === 'ticket' && op === 'lookup') return [{ name: 'serial', required: true }]
  if (type === 'ticket' && op === 'append')
    return [
      { name: 'serial', required: true },
      { name: 'text', required: true },
    ]
  return takes
}

interface NameProps {
  label: string
  name: string
  takes: readonly Parameter[]
  taken: readonly string[]
  onChange(name: string): void
}

/** The name is a key of the object: a name somebody else has is not taken over, one that is empty neither. */
function NameBox({ label, name, takes, taken, onChange }: NameProps) {
  const options = takes
    .filter((each) => each.name === name || !taken.includes(each.name))
    .map((each) => ({ value: each.name, label: each.label ? `${each.name} · ${each.label}` : each.name })) // prettier-ignore
  return (
    <AutoComplete
      className="form-wide"
      aria-label={label}
      value={name}
      options={options}
      onChange={(typed: string) => {
        const next = typed.trim()
        if (next === name || taken.includes(next)) return
        onChange(next)
      }}
    />
  )
}
