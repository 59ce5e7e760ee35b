import { CheckCircleFilled } from '@ant-design/icons'
import { useT } from '../../i18n/index.ts'
import { ProblemLine } from '../ProblemLine.tsx'
import { useEditorView } from './editor-view.ts'
import { useFlowEditor } from './flow-editor.ts'

/** Everything wrong with the flow, errors first; a click opens the form where it is mended. */
export function ProblemList() {
  const t = useT('flows')
  const { problems, select } = useFlowEditor()
  const { openForm } = useEditorView()
  if (problems.length === 0)
    return (
      <p>
        <CheckCircleFilled style={{ color: 'var(--teal)' }} aria-hidden /> {t('noProblems')}
      </p>
    )
  const sorted = [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...problems.filter(({ severity }) => severity !== 'error'),
  ]
  return (
    <ul className="problems">
      {sorted.map((problem, at) => (
        <ProblemLine
          key={at}
          problem={problem}
          onGo={(id) => {
            select([id], { bringIntoView: true })
            openForm()
          }}
        />
      ))}
    </ul>
  )
}
