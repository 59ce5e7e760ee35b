import { Input, Select } from 'antd'
import { useMemo } from 'react'
import { isError } from '../../../../bots/flow/stub.ts'
import type { FlowDoc } from '../../../../bots/flow/schema.ts'
import { useT } from '../../i18n/index.ts'
import type { Asks } from './answers.ts'
import { asksOf } from './answers.ts'
import { readValue, writtenValue } from './value-text.ts'

interface Props {
  docs: readonly FlowDoc[]
  stubs: Record<string, unknown>
  onChange(stubs: Record<string, unknown>): void
}

/** What the world answers in this trial: as it is, as one says, or with a fault. */
export function WorldAnswers({ docs, stubs, onChange }: Props) {
  const t = useT('flows/trial')
  const asks = useMemo(() => asksOf(docs), [docs])
  if (asks.length === 0) return null
  const set = (name: string, value: unknown) => {
    const { [name]: _old, ...rest } = stubs
    onChange(value === undefined ? rest : { ...rest, [name]: value })
  }
  return (
    <details>
      <summary>
        {t('world')} <span className="quiet">{Object.keys(stubs).length || ''}</span>
      </summary>
      <ul className="trial-world">
        {asks.map((each) => (
          <li key={each.name}>
            <AnswerLine
              asks={each}
              stub={stubs[each.name]}
              onChange={(value) => set(each.name, value)}
            />
          </li>
        ))}
      </ul>
    </details>
  )
}

interface LineProps {
  asks: Asks
  stub: unknown
  onChange(stub: unknown): void
}

function AnswerLine({ asks: { kind, of }, stub, onChange }: LineProps) {
  const t = useT('flows/trial')
  const label = `${t(`asks.${kind}`)} ${of}`
  const states = ['open', 'closed', 'holiday']
  const isReal = kind === 'faq' || kind === 'intent' || kind === 'query' || kind === 'hours'
  const mode = stub === undefined ? 'auto' : isError(stub) ? 'error' : kind === 'hours' ? String(stub) : 'fixed' // prettier-ignore
  const modes = kind === 'hours' ? ['auto', ...states] : ['auto', 'fixed', 'error']
  const choose = (next: string) => {
    if (next === 'auto') return onChange(undefined)
    if (next === 'error') return onChange({ error: 'TRIAL' })
    onChange(kind === 'hours' ? next : sample[kind])
  }
  return (
    <>
      <span>{label}</span>
      <Select
        size="small"
        aria-label={label}
        value={mode}
        options={modes.map((value) => ({
          value,
          label: t(value === 'auto' ? (isReal ? 'answer.real' : 'answer.made') : `answer.${value}`),
        }))}
        onChange={choose}
      />
      {mode === 'fixed' && (
        <Input.TextArea
          size="small"
          aria-label={t('answer.text', { of: label })}
          autoSize={{ minRows: 1, maxRows: 8 }}
          defaultValue={writtenValue(stub)}
          onBlur={({ target }) => onChange(readValue(target.value) ?? null)}
        />
      )}
    </>
  )
}

/** What an answer looks like, to be changed. */
const sample: Record<Exclude<Asks['kind'], 'hours'>, unknown> = {
  faq: [{ id: 'a', question: '问题', answer: '答案', score: 0.9 }],
  intent: [{ intent: 'name', score: 0.9 }],
  query: [{ name: 'value' }],
  ticket: { serial: 'C20261122-0001', status: 'open', statusText: '已登记' },
  dialog: [{ done: true, result: null }],
  phoneCode: { state: 'proven', phone: '13800000000' },
}
