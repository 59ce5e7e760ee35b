import { Select } from 'antd'
import { channels } from '../../../../bots/flow/parts.ts'
import { useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { langsOf } from './form-scope.ts'
import { JsonBox } from './JsonBox.tsx'
import { NumberBox } from './NumberBox.tsx'
import { TextBox } from './TextBox.tsx'
import type { VarType } from './variables.ts'

interface Props {
  label: string
  value: unknown
  onChange(value: unknown): void
  type?: VarType | undefined
  many?: boolean
}

/** A fixed value, with the control that fits what is expected. */
export function LiteralBox({ label, value, onChange, type, many }: Props) {
  const t = useT('flows/form')
  const labels = useLabels()
  const { doc } = useFlowEditor()
  const known =
    type === 'channel'
      ? channels.map((each) => ({ value: each as string, label: labels.channel(each) }))
      : type === 'lang'
        ? langsOf(doc).map((each) => ({ value: each, label: labels.lang(each) }))
        : undefined
  if (many)
    return (
      <Select<string[]>
        className="form-wide"
        mode={known ? 'multiple' : 'tags'}
        aria-label={label}
        {...(known ? { options: known } : { open: false, suffixIcon: null })}
        tokenSeparators={[',', '，', '、']}
        value={(Array.isArray(value)
          ? value
          : value === undefined || value === ''
            ? []
            : [value]
        ).map(String)}
        onChange={(list) => onChange(type === 'number' ? list.map(asNumber) : list)}
      />
    )
  if (known)
    return (
      <Select
        className="form-wide"
        aria-label={label}
        value={typeof value === 'string' && value ? value : null}
        options={known}
        onChange={onChange}
      />
    )
  if (type === 'bool' || (type === undefined && typeof value === 'boolean'))
    return (
      <Select
        className="form-wide"
        aria-label={label}
        value={typeof value === 'boolean' ? value : null}
        options={[true, false].map((each) => ({ value: each, label: t(each ? 'yes' : 'no') }))}
        onChange={onChange}
      />
    )
  if (type === 'number' || (type === undefined && typeof value === 'number'))
    return <NumberBox label={label} value={value} onChange={(number) => onChange(number ?? '')} />
  if ((typeof value === 'object' && value !== null) || type === 'object' || type === 'list')
    return <JsonBox label={label} value={value} onChange={onChange} />
  return (
    <TextBox
      label={label}
      value={value}
      onChange={onChange}
      {...(type === 'date' && { placeholder: '2026-10-03' })}
    />
  )
}

const asNumber = (text: string) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)
