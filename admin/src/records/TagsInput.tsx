import { Select } from 'antd'

interface Props {
  id?: string
  value?: string[]
  onChange?(values: string[]): void
  placeholder?: string
  /** how a thing is kept, however it was typed */
  tidy?(typed: string): string
}

/** A list of short things as tags, added with Enter or pasted by the dozen. */
export function TagsInput({ id, value, onChange, placeholder, tidy = (typed) => typed }: Props) {
  return (
    <Select<string[]>
      {...(id !== undefined && { id })}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', '，', '、', ' ', '\n']}
      placeholder={placeholder}
      value={value ?? []}
      onChange={(typed) => onChange?.([...new Set(typed.map((each) => tidy(each.trim())))])}
    />
  )
}
