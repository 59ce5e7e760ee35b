import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { useSpot } from './form-scope.ts'
import { JsonBox } from './JsonBox.tsx'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

export function JsonField({ path, label, help }: Props) {
  const { value, set, problems } = useSpot(path)
  return (
    <Field label={label} help={help} problems={problems}>
      {({ id }) => (
        <JsonBox
          id={id}
          label={label}
          value={value}
          onChange={(next) => set(next === '' ? undefined : next, { merge: true })}
        />
      )}
    </Field>
  )
}
