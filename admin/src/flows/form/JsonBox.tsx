import { useEffect, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { ProblemNotes } from './ProblemNotes.tsx'
import { TextBox } from './TextBox.tsx'

interface Props {
  id?: string
  label: string
  value: unknown
  onChange(value: unknown): void
}

/** Anything else, as JSON. What cannot be read is kept as the words it is. */
export function JsonBox({ id, label, value, onChange }: Props) {
  const t = useT('flows/form')
  const stored = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 1) // prettier-ignore
  const [text, setText] = useState(stored)
  const same = (typed: string) => JSON.stringify(read(typed)) === JSON.stringify(value)
  useEffect(() => {
    setText((now) => (JSON.stringify(read(now)) === JSON.stringify(value) ? now : stored))
  }, [stored, value])
  return (
    <>
      <TextBox
        {...(id !== undefined && { id })}
        label={label}
        value={text}
        rows={{ min: 1, max: 10 }}
        agrees={same}
        onChange={(typed) => {
          setText(typed)
          onChange(read(typed))
        }}
      />
      {/^\s*[[{]/.test(text) && typeof read(text) === 'string' && (
        <ProblemNotes problems={[]} notes={[t('json.bad')]} />
      )}
    </>
  )
}

function read(text: string): unknown {
  if (text.trim() === '') return ''
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
