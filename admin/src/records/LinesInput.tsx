import { Input } from 'antd'

interface Props {
  id?: string
  value?: string[]
  onChange?(lines: string[]): void
  disabled?: boolean
}

/** A list written one item per line: quicker to type and to paste than a box per item. */
export function LinesInput({ id, value, onChange, disabled }: Props) {
  return (
    <Input.TextArea
      {...(id !== undefined && { id })}
      {...(disabled !== undefined && { disabled })}
      autoSize={{ minRows: 3, maxRows: 12 }}
      value={(value ?? []).join('\n')}
      onChange={(event) => onChange?.(event.target.value ? event.target.value.split('\n') : [])}
    />
  )
}
