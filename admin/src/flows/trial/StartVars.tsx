import { Input } from 'antd'
import type { FlowDoc } from '../../../../bots/flow/schema.ts'
import { useT } from '../../i18n/index.ts'
import { readValue, writtenValue } from './value-text.ts'

interface Props {
  doc: FlowDoc
  vars: Record<string, unknown>
  onChange(vars: Record<string, unknown>): void
}

/** Values the declared variables begin with; empty ones begin as the flow says. */
export function StartVars({ doc, vars, onChange }: Props) {
  const t = useT('flows/trial')
  const declared = [...(doc.params ?? []), ...(doc.vars ?? [])]
  if (declared.length === 0) return null
  return (
    <details>
      <summary>
        {t('startVars')} <span className="quiet">{Object.keys(vars).length || ''}</span>
      </summary>
      <div className="trial-fields">
        {declared.map(({ name, note }) => (
          <label key={name} title={note}>
            {name}
            <Input
              value={writtenValue(vars[name])}
              onChange={({ target }) => {
                const { [name]: _old, ...rest } = vars
                const value = readValue(target.value)
                onChange(value === undefined ? rest : { ...rest, [name]: value })
              }}
            />
          </label>
        ))}
      </div>
    </details>
  )
}
