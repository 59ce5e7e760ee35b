import { useLang, useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { useLabels } from '../records/useLabels.ts'
import { useNames } from './useNames.ts'
import type { Problem } from './useProblems.ts'

interface Props {
  problem: Problem
  onGo(block: string): void
}

export function ProblemLine({ problem, onGo }: Props) {
  const t = useT('flows')
  const lang = useLang()
  const labels = useLabels()
  const names = useNames()
  const { severity, block } = problem
  return (
    <li className={`problem problem-${severity}`}>
      <div className="problem-head">
        {block ? (
          <OpenCell onOpen={() => onGo(block)}>
            <span title={block}>{names(block)}</span>
            <span className="seen-by-readers"> {t('go')}</span>
          </OpenCell>
        ) : (
          <b>{t('document')}</b>
        )}
        <span>
          {problem.lang && <Mark>{labels.lang(problem.lang)}</Mark>}
          <Mark tone={severity === 'error' ? 'red' : 'amber'}>{t(severity)}</Mark>
        </span>
      </div>
      {lang === 'en' ? problem.en : problem.zh}
    </li>
  )
}
