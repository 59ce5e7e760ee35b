import { Select } from 'antd'
import { useT } from '../../i18n/index.ts'
import { asList } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { Field } from './Field.tsx'
import { useSpot } from './form-scope.ts'
import { declarations } from './variables.ts'

/** Variables whoever called this flow may read afterwards. */
export function ReturnsField() {
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const { value, set, problems } = useSpot(['returns'])
  return (
    <Field label={t('flow.returns')} help={t('flow.returnsHelp')} problems={problems}>
      {({ id, describedBy }) => (
        <Select<string[]>
          id={id}
          className="form-wide"
          mode="multiple"
          aria-describedby={describedBy}
          value={asList(value).map(String)}
          options={declarations(doc).map((decl) => ({
            value: String(decl['name']),
            label: String(decl['name']),
          }))}
          onChange={(list) => set(list.length > 0 ? list : undefined)}
        />
      )}
    </Field>
  )
}
