import { useId } from 'react'
import type { ReactNode } from 'react'
import type { FlowProblem } from '../editor/flow-editor.ts'
import { ProblemNotes } from './ProblemNotes.tsx'

interface Props {
  label: ReactNode
  help?: ReactNode
  required?: boolean
  problems?: readonly FlowProblem[]
  /** what the console itself sees at once, before the server is asked */
  notes?: readonly string[]
  /** several controls: named as a group instead of one label */
  group?: boolean
  children(ids: { id: string; describedBy: string; labelId: string }): ReactNode
}

/** A labelled part of the form, with its help and what is wrong in it. */
export function Field(props: Props) {
  const { label, help, required, problems = [], notes = [], group, children } = props
  const id = useId()
  const ids = { id, describedBy: `${id}-help`, labelId: `${id}-label` }
  const head = (
    <>
      {label}
      {required && (
        <span aria-hidden className="form-required">
          {' '}
          *
        </span>
      )}
    </>
  )
  return (
    <div className="form-field" {...(group && { role: 'group', 'aria-labelledby': ids.labelId })}>
      {group ? (
        <div id={ids.labelId} className="form-label">
          {head}
        </div>
      ) : (
        <label id={ids.labelId} htmlFor={id} className="form-label">
          {head}
        </label>
      )}
      {children(ids)}
      <div id={ids.describedBy}>
        {help !== undefined && <p className="form-help">{help}</p>}
        <ProblemNotes problems={problems} notes={notes} />
      </div>
    </div>
  )
}
