import { Select } from 'antd'
import { asList, asString } from '../doc.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { useSpot } from './form-scope.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
  required?: boolean | undefined
  options: readonly { value: string; label: string }[]
  many?: boolean | undefined
  /** shown while nothing is chosen: what holds then */
  placeholder?: string | undefined
}

export function SelectField({ path, label, help, required, options, many, placeholder }: Props) {
  const { value, set, problems } = useSpot(path)
  return (
    <Field label={label} help={help} required={required ?? false} problems={problems}>
      {({ id, describedBy }) =>
        many ? (
          <Select<string[]>
            id={id}
            className="form-wide"
            mode="multiple"
            aria-describedby={describedBy}
            {...(placeholder !== undefined && { placeholder })}
            value={asList(value).map(String)}
            options={[...options]}
            onChange={(list) => set(list.length > 0 ? list : undefined)}
          />
        ) : (
          <Select
            id={id}
            className="form-wide"
            allowClear={!required}
            aria-describedby={describedBy}
            {...(placeholder !== undefined && { placeholder })}
            value={asString(value) ?? null}
            options={[...options]}
            onChange={(next: string | null | undefined) => set(next ?? undefined)}
          />
        )
      }
    </Field>
  )
}
