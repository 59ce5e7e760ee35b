import { Select } from 'antd'
import { asString } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { blockOptions } from './block-options.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { useSpot } from './form-scope.ts'

interface Props {
  path: Path
  label: string
  help?: string
  required?: boolean
}

/** A block of this flow. */
export function BlockField({ path, label, help, required }: Props) {
  const { doc } = useFlowEditor()
  const { value, set, problems } = useSpot(path)
  return (
    <Field label={label} help={help} required={required ?? false} problems={problems}>
      {({ id, describedBy }) => (
        <Select
          id={id}
          className="form-wide"
          showSearch={{ optionFilterProp: 'label' }}
          allowClear={!required}
          aria-describedby={describedBy}
          status={problems.length > 0 ? 'error' : ''}
          value={asString(value) ?? null}
          options={blockOptions(doc)}
          onChange={(next: string | null | undefined) => set(next ?? undefined)}
        />
      )}
    </Field>
  )
}
