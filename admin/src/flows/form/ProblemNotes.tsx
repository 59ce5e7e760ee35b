import { useLang, useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import type { FlowProblem } from '../editor/flow-editor.ts'

interface Props {
  problems: readonly FlowProblem[]
  notes?: readonly string[]
}

/** What is wrong here and how to mend it, one sentence each. */
export function ProblemNotes({ problems, notes = [] }: Props) {
  const t = useT('flows/form')
  const lang = useLang()
  const labels = useLabels()
  if (problems.length + notes.length === 0) return null
  return (
    <ul className="form-problems">
      {notes.map((note) => (
        <li key={note} className="form-error">
          {note}
        </li>
      ))}
      {problems.map((problem, at) => (
        <li key={at} className={`form-${problem.severity}`}>
          <span className="seen-by-readers">{t(problem.severity)}: </span>
          {problem.lang !== undefined && `${labels.lang(problem.lang)}: `}
          {lang === 'en' ? problem.en : problem.zh}
        </li>
      ))}
    </ul>
  )
}
