import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useContext, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { useT } from '../../i18n/index.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import type { FlowProblem } from '../editor/flow-editor.ts'
import { FormScopeContext } from './form-scope.ts'
import { InsertVariable } from './InsertVariable.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { sameAsServer, templateNotes } from './template-notes.ts'
import { TextBox } from './TextBox.tsx'

interface Props {
  id?: string
  label: string
  value: unknown
  onChange(text: string): void
  lang?: string
  problems?: readonly FlowProblem[]
  /** shown before the button that inserts variables: counts */
  foot?: ReactNode
  rows?: { min: number; max: number }
  placeholder?: string
  describedBy?: string
}

/** Text with `{{variables}}`: checked as it is typed, variables put in from a list. */
export function TemplateBox(props: Props) {
  const { id, label, value, onChange, lang, problems = [], foot } = props
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const { type } = useContext(FormScopeContext)
  const box = useRef<TextAreaRef>(null)
  const notesId = useId()
  const text = typeof value === 'string' ? value : ''
  const notes = templateNotes(text, doc, type).map((note) =>
    t(`template.${note.code}`, { open: '{{', close: '}}', ...note }),
  )
  const insert = (placeholder: string) => {
    const area = box.current?.resizableTextArea?.textArea
    const [from, to] = [area?.selectionStart ?? text.length, area?.selectionEnd ?? text.length]
    onChange(text.slice(0, from) + placeholder + text.slice(to))
    const caret = from + placeholder.length
    requestAnimationFrame(() => {
      area?.focus()
      area?.setSelectionRange(caret, caret)
    })
  }
  return (
    <div className="form-template">
      <TextBox
        {...(id !== undefined ? { id } : {})}
        boxRef={box}
        label={label}
        value={value}
        onChange={onChange}
        rows={props.rows ?? { min: 1, max: 10 }}
        describedBy={[notesId, props.describedBy].filter(Boolean).join(' ')}
        invalid={notes.length > 0 || problems.some(({ severity }) => severity === 'error')}
        {...(lang !== undefined && { lang })}
        {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
      />
      <div className="form-under">
        <span className="form-count">{foot}</span>
        <InsertVariable into={label} onInsert={insert} />
      </div>
      <div id={notesId}>
        <ProblemNotes
          problems={problems.filter(({ code }) => !sameAsServer.includes(code))}
          notes={notes}
        />
      </div>
    </div>
  )
}
