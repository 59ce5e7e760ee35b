import { Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useEffect, useRef, useState } from 'react'
import type { Ref } from 'react'

interface Props {
  id?: string
  value: unknown
  onChange(text: string): void
  rows?: { min: number; max: number }
  label?: string
  describedBy?: string
  lang?: string
  placeholder?: string
  maxLength?: number
  invalid?: boolean
  numeric?: boolean
  boxRef?: Ref<TextAreaRef>
  /** what stands in the document is what is typed, though written otherwise: 0.5 and 0.50 */
  agrees?(typed: string): boolean
}

/**
 * Words as they are typed. What is typed stands here first and reaches the document after, so that neither the
 * caret nor an input method is disturbed by what the document makes of it; an undo comes back from there.
 */
export function TextBox(props: Props) {
  const { id, value, onChange, rows, label, describedBy, lang, placeholder, boxRef, agrees } = props
  const stored = typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value) // prettier-ignore
  const [typed, setTyped] = useState(stored)
  const sent = useRef(stored)
  useEffect(() => {
    if (stored === sent.current || agrees?.(sent.current)) return
    sent.current = stored
    setTyped(stored)
  }, [stored, agrees])
  const type = (text: string) => {
    setTyped(text)
    sent.current = text
    onChange(text)
  }
  const shared = {
    ...(id !== undefined && { id }),
    ...(label !== undefined && { 'aria-label': label }),
    ...(describedBy !== undefined && { 'aria-describedby': describedBy }),
    ...(lang !== undefined && { lang }),
    ...(placeholder !== undefined && { placeholder }),
    ...(props.maxLength !== undefined && { maxLength: props.maxLength }),
    ...(props.invalid && { status: 'error' as const, 'aria-invalid': true }),
    value: typed,
  }
  return rows ? (
    <Input.TextArea
      {...shared}
      {...(boxRef !== undefined && { ref: boxRef })}
      autoSize={{ minRows: rows.min, maxRows: rows.max }}
      onChange={(event) => type(event.target.value)}
    />
  ) : (
    <Input
      {...shared}
      {...(props.numeric && { inputMode: 'decimal' as const })}
      onChange={(event) => type(event.target.value)}
    />
  )
}
