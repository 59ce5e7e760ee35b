import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { Alert } from 'antd'
import type { FlowCheckView } from '../../../../gateway/flows/schema.ts'
import { useT } from '../../i18n/index.ts'
import { FailedTests } from './FailedTests.tsx'

/** Which tests failed, and why; what no test reaches. */
export function TestResults({ tests }: { tests: FlowCheckView['tests'] }) {
  const t = useT('flows/versions')
  const count = tests.tests.length
  const failed = tests.tests.filter(({ failures }) => failures.length > 0)
  if (tests.state === 'none') return <Alert type="warning" showIcon title={t('check.noTests')} />
  if (tests.state === 'slow') return <Alert type="error" showIcon title={t('check.slow')} />
  if (tests.state === 'broken')
    return <Alert type="error" showIcon title={t('check.broken', { why: tests.why })} />
  return (
    <>
      <p>
        {failed.length === 0 ? (
          <>
            <CheckCircleFilled style={{ color: 'var(--teal)' }} aria-hidden />{' '}
            {t('check.passed', { count })}
          </>
        ) : (
          <>
            <CloseCircleFilled style={{ color: 'var(--red)' }} aria-hidden />{' '}
            {t('check.failed', { failed: failed.length, count })}
          </>
        )}
      </p>
      {failed.length > 0 && <FailedTests tests={failed} />}
      {tests.untouched.length > 0 && (
        <p className="quiet">{t('check.untouched', { blocks: tests.untouched.join(', ') })}</p>
      )}
    </>
  )
}
