import {
  CheckCircleFilled,
  CloseCircleFilled,
  CopyOutlined,
  DeleteOutlined,
  EditOutlined,
  PlayCircleOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { FlowTest } from '../../../../../bots/flow/flow-test.ts'
import type { TestReport } from '../../../../../bots/flow/run-tests.ts'
import { useLang, useT } from '../../../i18n/index.ts'
import { useLabels } from '../../../records/useLabels.ts'

interface Props {
  test: FlowTest
  report: TestReport | undefined
  chosen: boolean
  onChoose(): void
  onRun(): void
  onEdit(): void
  onDuplicate(): void
  onRemove(): void
}

/** One test: does it pass, and if not, what is otherwise than expected. */
export function TestRow({ test, report, chosen, onChoose, ...on }: Props) {
  const t = useT('flows/trial')
  const lang = useLang()
  const labels = useLabels()
  const { name } = test
  const ok = report && report.failures.length === 0
  const tool = (key: string, icon: ReactNode, run: () => void) => (
    <Button
      type="text"
      size="small"
      icon={icon}
      aria-label={`${t(key)} ${name}`}
      title={t(key)}
      onClick={run}
    />
  )
  return (
    <li className={chosen ? 'trial-test trial-test-chosen' : 'trial-test'}>
      <div className="trial-test-head">
        <button type="button" className="open-cell" aria-expanded={chosen} onClick={onChoose}>
          {ok === true && <CheckCircleFilled className="trial-passed" aria-label={t('passes')} />}
          {ok === false && (
            <CloseCircleFilled className="trial-failed" aria-label={t('fails')} />
          )}{' '}
          {name}
        </button>
        <span className="trial-test-tools">
          {tool('openInTry', <PlayCircleOutlined aria-hidden />, on.onRun)}
          {tool('edit', <EditOutlined aria-hidden />, on.onEdit)}
          {tool('duplicate', <CopyOutlined aria-hidden />, on.onDuplicate)}
          {tool('remove', <DeleteOutlined aria-hidden />, on.onRemove)}
        </span>
      </div>
      {report && report.failures.length > 0 && (
        <ul className="trial-failures">
          {report.failures.map((failure, at) => (
            <li key={at}>
              {t('atStep', { step: failure.step })}
              {lang === 'en' ? failure.en : failure.zh}
            </li>
          ))}
        </ul>
      )}
      {chosen && (
        <div className="trial-test-more">
          <p className="quiet">
            {labels.channel(test.channel)}
            {test.lang && ` · ${labels.lang(test.lang)}`}
            {test.at && ` · ${test.at.slice(0, 16).replace('T', ' ')}`}
          </p>
          <ol className="trial-script">
            {report?.transcript.map((line, at) => {
              const [who, ...rest] = line.split(': ')
              return (
                <li key={at} className={who === 'bot' ? 'trial-bot' : 'trial-person'}>
                  {rest.join(': ')}
                </li>
              )
            })}
          </ol>
        </div>
      )}
    </li>
  )
}
