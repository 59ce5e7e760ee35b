import { useT } from '../../i18n/index.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { useSpot } from './form-scope.ts'
import { NumberBox, numberNote } from './NumberBox.tsx'

interface Props {
  path: Path
  label: string
  help?: string | undefined
  required?: boolean | undefined
  min?: number | undefined
  max?: number | undefined
  unit?: string | undefined
  placeholder?: string | undefined
  /** what one sees times this is what is stored: 1000 for seconds */
  scale?: number
}

export function NumberField(props: Props) {
  const { path, label, help, required, min, max, unit, placeholder, scale } = props
  const t = useT('flows/form')
  const { value, set, problems } = useSpot(path)
  const note = numberNote(value, { min, max, scale }, t)
  return (
    <Field
      label={label}
      help={help}
      required={required ?? false}
      notes={note === undefined ? [] : [note]}
      problems={problems.filter(({ code }) => note === undefined || code !== 'SCHEMA')}
    >
      {({ id, describedBy }) => (
        <NumberBox
          id={id}
          describedBy={describedBy}
          value={value}
          unit={unit}
          scale={scale}
          placeholder={placeholder}
          invalid={note !== undefined}
          onChange={(next) => set(next, { merge: true })}
        />
      )}
    </Field>
  )
}
