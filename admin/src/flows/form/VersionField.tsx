import { Select } from 'antd'
import { UNCHOSEN } from '../../../../bots/flow/description.ts'
import { useContext } from 'react'
import { useT } from '../../i18n/index.ts'
import { useItems } from '../../records/useItems.ts'
import { asString } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { blockAt, FormScopeContext, useSpot } from './form-scope.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
}

/** Of the flow called: the version that is live, or a fixed one. */
export function VersionField({ path, label, help }: Props) {
  const t = useT('flows/form')
  const { value, set, problems } = useSpot(path)
  const { root } = useContext(FormScopeContext)
  const { doc } = useFlowEditor()
  const flow = asString(blockAt(doc, String(root[1]))?.['flow'])
  const known = flow !== undefined && flow !== UNCHOSEN
  const { data } = useItems<{ version: number }>(`/flows/${flow ?? ''}/versions`, {}, { enabled: known }) // prettier-ignore
  const numbers = [...new Set([...(data ?? []).map(({ version }) => version), ...(typeof value === 'number' ? [value] : [])])] // prettier-ignore
  return (
    <Field label={label} help={help} problems={problems}>
      {({ id, describedBy }) => (
        <Select<string | number>
          id={id}
          className="form-wide"
          aria-describedby={describedBy}
          value={typeof value === 'number' ? value : 'live'}
          options={[
            { value: 'live', label: t('version.live') },
            ...numbers.map((number) => ({ value: number, label: t('version.number', { number }) })),
          ]}
          onChange={(next) => set(next === 'live' ? undefined : next)}
        />
      )}
    </Field>
  )
}
