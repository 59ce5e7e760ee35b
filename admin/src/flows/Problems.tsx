import { CheckCircleFilled } from '@ant-design/icons'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { useT } from '../i18n/index.ts'
import type { Asked } from '../records/asked.ts'
import { ProblemLine } from './ProblemLine.tsx'
import type { Problem } from './useProblems.ts'

interface Props {
  problems: Asked<Problem[]> & { isFetching: boolean }
  onGo(block: string): void
}

/** What is wrong and how to mend it; errors, which forbid publishing, first. */
export function Problems({ problems, onGo }: Props) {
  const t = useT('flows')
  const { data, error, isFetching, refetch } = problems
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <p className="quiet">{t('checking')}</p>
  const of = (severity: Problem['severity']) => data.filter((one) => one.severity === severity)
  const [errors, warnings] = [of('error'), of('warning')]
  return (
    <>
      <p aria-live="polite" style={{ marginTop: 6 }}>
        {data.length === 0 ? (
          <>
            <CheckCircleFilled style={{ color: 'var(--teal)' }} aria-hidden /> {t('noProblems')}
          </>
        ) : (
          [
            errors.length > 0 && t('errors', { count: errors.length }),
            warnings.length > 0 && t('warnings', { count: warnings.length }),
          ]
            .filter(Boolean)
            .join(' · ')
        )}
        {isFetching && <span className="quiet"> {t('checking')}</span>}
      </p>
      <ul className="problems">
        {[...errors, ...warnings].map((problem, at) => (
          <ProblemLine key={at} problem={problem} onGo={onGo} />
        ))}
      </ul>
    </>
  )
}
