import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { useSpot } from './form-scope.ts'
import { ConditionEditor } from './ConditionEditor.tsx'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

export function ConditionField({ path, label, help }: Props) {
  const { value, set, problems } = useSpot(path)
  return (
    <Field group label={label} help={help}>
      {() => (
        <ConditionEditor
          label={label}
          value={value}
          problems={problems}
          onChange={(next, merge) => set(next, { merge: merge ?? false })}
        />
      )}
    </Field>
  )
}
