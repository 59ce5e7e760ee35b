import { Select } from 'antd'
import { useT } from '../../i18n/index.ts'
import { asList } from '../doc.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { useSpot } from './form-scope.ts'
import { useVariables } from './useVariables.ts'
import { VariableBox } from './VariableBox.tsx'
import { variableOptions } from './variable-options.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
  required?: boolean | undefined
  write?: boolean | undefined
  many?: boolean | undefined
}

export function VariableField({ path, label, help, required, write, many }: Props) {
  const t = useT('flows/form')
  const { value, set, problems } = useSpot(path)
  const variables = useVariables()
  // said under the box already, with the way to mend it
  const others = many ? problems : problems.filter(({ code }) => code !== 'UNDECLARED')
  return (
    <Field label={label} help={help} required={required ?? false} problems={others}>
      {({ id, describedBy }) =>
        many ? (
          <Select<string[]>
            id={id}
            className="form-wide"
            mode="tags"
            aria-describedby={describedBy}
            value={asList(value).map(String)}
            options={variableOptions(variables, t)}
            onChange={(list) => set(list.length > 0 ? list : undefined)}
          />
        ) : (
          <VariableBox
            id={id}
            label={label}
            describedBy={describedBy}
            value={value}
            write={write ?? false}
            onChange={(name) => set(name || (required ? '' : undefined), { merge: true })}
          />
        )
      }
    </Field>
  )
}
