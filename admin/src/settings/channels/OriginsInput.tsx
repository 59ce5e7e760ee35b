import { Select } from 'antd'
import { originOf } from '../embed.ts'

interface Props {
  id?: string
  value?: string[]
  onChange?(origins: string[]): void
}

/** Web origins as tags; a pasted page address becomes its origin, what is none stays to be refused. */
export function OriginsInput({ id, value, onChange }: Props) {
  return (
    <Select<string[]>
      {...(id !== undefined && { id })}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', ' ', '\n']}
      placeholder="https://www.example.cn"
      value={value ?? []}
      onChange={(typed) => onChange?.([...new Set(typed.map((each) => originOf(each) ?? each))])}
    />
  )
}
