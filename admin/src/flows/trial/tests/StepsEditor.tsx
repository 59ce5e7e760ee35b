import { Button, Input, Select } from 'antd'
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import type { Expected, FlowTest, TestInput, TestStep } from '../../../../../bots/flow/flow-test.ts'
import type { FlowDoc } from '../../../../../bots/flow/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { ExpectFields } from './ExpectFields.tsx'

interface Props {
  doc: FlowDoc
  test: FlowTest
  onChange(test: FlowTest): void
}

/** What is done and what is expected, step by step. */
export function StepsEditor({ doc, test, onChange }: Props) {
  const t = useT('flows/trial')
  const { steps } = test
  const set = (next: TestStep[]) => onChange({ ...test, steps: next })
  const put = (at: number, step: TestStep) => set(steps.map((each, i) => (i === at ? step : each)))
  const move = (at: number, by: -1 | 1) => {
    const next = [...steps]
    const [step] = next.splice(at, 1)
    next.splice(at + by, 0, step!)
    set(next)
  }
  return (
    <>
      <ol className="trial-steps">
        {steps.map((step, at) => (
          <li key={at} className={'in' in step ? 'trial-step-in' : 'trial-step-expect'}>
            <span className="trial-step-number">{at + 1}</span>
            <div className="trial-step-body">
              {'in' in step ? (
                <InputFields input={step} onChange={(input) => put(at, input)} />
              ) : (
                <ExpectFields
                  doc={doc}
                  expected={step.expect}
                  onChange={(expect: Expected) => put(at, { expect })}
                />
              )}
            </div>
            <span className="trial-step-tools">
              <Button
                type="text"
                size="small"
                disabled={at === 0}
                icon={<ArrowUpOutlined aria-hidden />}
                aria-label={t('stepUp', { at: at + 1 })}
                onClick={() => move(at, -1)}
              />
              <Button
                type="text"
                size="small"
                disabled={at === steps.length - 1}
                icon={<ArrowDownOutlined aria-hidden />}
                aria-label={t('stepDown', { at: at + 1 })}
                onClick={() => move(at, 1)}
              />
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('stepRemove', { at: at + 1 })}
                onClick={() => set(steps.filter((_, index) => index !== at))}
              />
            </span>
          </li>
        ))}
      </ol>
      <div className="bar">
        <Button size="small" onClick={() => set([...steps, { in: '' }])}>
          {t('addInput')}
        </Button>
        <Button size="small" onClick={() => set([...steps, { expect: {} }])}>
          {t('addExpect')}
        </Button>
      </div>
    </>
  )
}

const kinds = [
  'text',
  'choice',
  'dtmf',
  'speech',
  'silence',
  'hangup',
  'media',
  'event',
  'transfer',
  'voicemail',
] as const

function InputFields({ input, onChange }: { input: TestInput; onChange(input: TestInput): void }) {
  const t = useT('flows/trial')
  const { as: kind, ...rest } = input
  const wordless = kind === 'silence' || kind === 'hangup'
  return (
    <div className="trial-step-input">
      <Select<'auto' | (typeof kinds)[number]>
        size="small"
        aria-label={t('inputKind')}
        value={kind ?? 'auto'}
        options={(['auto', ...kinds] as const).map((value) => ({
          value,
          label: t(`inputKinds.${value}`),
        }))}
        onChange={(value) => onChange(value === 'auto' ? rest : { ...rest, as: value })}
      />
      {!wordless && (
        <Input
          size="small"
          aria-label={t('inputText')}
          value={input.in}
          onChange={({ target }) => onChange({ ...input, in: target.value })}
        />
      )}
    </div>
  )
}
