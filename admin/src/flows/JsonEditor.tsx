import { useEffect, useMemo, useRef } from 'react'
import { lineOf } from './json-map.ts'

export type Marks = Map<number, 'error' | 'warning'>

/** of `.editor` in flows.css */
const LINE_PX = 20

interface Props {
  label: string
  text: string
  onType(text: string): void
  onSave(): void
  marks: Marks
  /** a new object goes there once */
  target: { offset: number | undefined } | undefined
}

/**
 * A plain text box with line numbers: every assistive technology, input method and browser knows
 * how to work one. Tab leaves it, as in any form.
 */
export function JsonEditor({ label, text, onType, onSave, marks, target }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLPreElement>(null)
  const lines = useMemo(() => text.split('\n').length, [text])

  useEffect(() => {
    const box = area.current
    if (!box || target?.offset === undefined) return
    box.focus()
    box.setSelectionRange(target.offset, target.offset)
    box.scrollTop = Math.max(0, (lineOf(box.value, target.offset) - 4) * LINE_PX)
  }, [target])

  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault()
      onSave()
      return
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    const box = event.currentTarget
    const before = box.value.slice(box.value.lastIndexOf('\n', box.selectionStart - 1) + 1)
    const indent = /^ */.exec(before)?.[0] ?? ''
    const deeper = /[{[]\s*$/.test(box.value.slice(0, box.selectionStart)) ? '  ' : ''
    event.preventDefault()
    // the deprecated way is the only one that keeps the browser's own undo
    document.execCommand('insertText', false, `\n${indent}${deeper}`)
  }

  return (
    <div className="editor">
      <pre className="editor-gutter" ref={gutter} aria-hidden>
        {Array.from({ length: lines }, (_, at) => (
          <span key={at} className={marks.has(at + 1) ? `editor-${marks.get(at + 1)}` : ''}>
            {at + 1}
          </span>
        ))}
      </pre>
      <textarea
        ref={area}
        className="editor-text"
        aria-label={label}
        spellCheck={false}
        wrap="off"
        value={text}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeyDown}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
        }}
      />
    </div>
  )
}
