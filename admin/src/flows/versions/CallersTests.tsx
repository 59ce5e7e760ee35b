import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { Alert } from 'antd'
import type { FlowCheckView } from '../../../../gateway/flows/schema.ts'
import { useT } from '../../i18n/index.ts'
import { FailedTests } from './FailedTests.tsx'

/** What this draft does to the tests of the flows that lead to it. */
export function CallersTests({ callers }: Pick<FlowCheckView, 'callers'>) {
  const t = useT('flows/versions')
  if (callers.length === 0) return null
  return (
    <section aria-label={t('check.callers')}>
      <h3>{t('check.callers')}</h3>
      {callers.map(({ flow, name, state, count, failed, why }) => (
        <div key={flow}>
          {state === 'passed' && (
            <p>
              <CheckCircleFilled style={{ color: 'var(--teal)' }} aria-hidden />{' '}
              {t('check.callerPassed', { name, count })}
            </p>
          )}
          {state === 'failed' && (
            <>
              <p>
                <CloseCircleFilled style={{ color: 'var(--red)' }} aria-hidden />{' '}
                {t('check.callerFailed', { name, failed: failed.length, count })}
              </p>
              <FailedTests tests={failed} />
            </>
          )}
          {state === 'slow' && (
            <Alert type="error" showIcon title={`${name}: ${t('check.slow')}`} />
          )}
          {state === 'broken' && (
            <Alert type="error" showIcon title={`${name}: ${t('check.broken', { why })}`} />
          )}
        </div>
      ))}
    </section>
  )
}
