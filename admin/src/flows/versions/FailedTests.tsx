import type { FlowTestView } from '../../../../gateway/flows/schema.ts'
import { useLang, useT } from '../../i18n/index.ts'

/** Each with what it expected and did not get. */
export function FailedTests({ tests }: { tests: FlowTestView[] }) {
  const t = useT('flows/versions')
  const lang = useLang()
  return (
    <ul className="problems">
      {tests.map(({ name, failures }) => (
        <li key={name} className="problem problem-error">
          <div className="problem-head">
            <b>{name}</b>
          </div>
          {failures.map(({ step, zh, en }, at) => (
            <div key={at}>
              {t('check.step', { step })}: {lang === 'en' ? en : zh}
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}
