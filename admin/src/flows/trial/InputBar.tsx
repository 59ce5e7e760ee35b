import { Button, Dropdown, Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { TestInput } from '../../../../bots/flow/flow-test.ts'
import type { Channel } from '../../../../bots/flow/parts.ts'
import { Keypad } from '../../desk/phone/Keypad.tsx'
import { useT } from '../../i18n/index.ts'
import type { Moment } from './run.ts'

interface Props {
  now: Moment
  channel: Channel
  onInput(input: TestInput): void
}

/** What can be done at this moment, and nothing else. */
export function InputBar({ now, channel, onInput }: Props) {
  const t = useT('flows/trial')
  const { status, accepted } = now.state
  if (status === 'ended') return <p className="quiet">{t('ended')}</p>
  const hangUp = (
    <Button size="small" danger onClick={() => onInput({ in: '', as: 'hangup' })}>
      {t(channel === 'voice' ? 'input.hangup' : 'input.leave')}
    </Button>
  )
  if (status === 'transferring')
    return (
      <Outcomes
        of="transfer"
        names={['completed', 'busy', 'noAnswer', 'declined', 'failed']}
        onInput={onInput}
      />
    )
  const outcomes = accepted
    ? ['completed', 'returned']
    : ['accepted', 'timeout', 'closed', 'failed', 'cancelled']
  const voicemail = now.effects.findLast((effect) => effect.fx === 'voicemail')
  return (
    <div className="trial-input">
      {status === 'queued' && <Outcomes of="event" names={outcomes} onInput={onInput} />}
      {voicemail && status === 'wait' && (
        <Outcomes
          of="voicemail"
          names={['failed']}
          onInput={onInput}
          before={
            <Button size="small" onClick={() => onInput({ in: 'trial', as: 'media', seconds: 10 })}>
              {t('leaveMessage')}
            </Button>
          }
        />
      )}
      {!accepted &&
        (channel === 'voice' ? (
          <Phone now={now} onInput={onInput} />
        ) : (
          <Written onInput={onInput} />
        ))}
      <div className="bar">{hangUp}</div>
    </div>
  )
}

interface OutcomesProps {
  of: 'event' | 'transfer' | 'voicemail'
  names: readonly string[]
  onInput: Props['onInput']
  before?: React.ReactNode
}

/** What becomes of it on the other side. */
function Outcomes({ of, names, onInput, before }: OutcomesProps) {
  const t = useT('flows/trial')
  return (
    <div className="bar" role="group" aria-label={t(`outcome.${of}.title`)}>
      {before}
      {names.map((name) => (
        <Button key={name} size="small" onClick={() => onInput({ in: name, as: of })}>
          {t(`outcome.${of}.${name}`)}
        </Button>
      ))}
    </div>
  )
}

function Written({ onInput }: Pick<Props, 'onInput'>) {
  const t = useT('flows/trial')
  const [text, setText] = useState('')
  const send = () => {
    if (!text.trim()) return
    onInput({ in: text.trim(), as: 'text' })
    setText('')
  }
  const media = (kind: string) =>
    onInput(
      kind === 'location'
        ? { in: '', as: 'media', kind, location: { lat: 34.38, lng: 109.27, name: t('somewhere') } }
        : { in: `trial.${kind}`, as: 'media', kind },
    )
  return (
    <form
      className="trial-say"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Input
        value={text}
        maxLength={2000}
        aria-label={t('write')}
        placeholder={t('write')}
        onChange={({ target }) => setText(target.value)}
      />
      <Button htmlType="submit" type="primary">
        {t('send')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: ['image', 'audio', 'video', 'file', 'location'].map((key) => ({
            key,
            label: t(`media.${key}`),
          })),
          onClick: ({ key }) => media(key),
        }}
      >
        <Button aria-label={t('sendMedia')} title={t('sendMedia')}>
          +
        </Button>
      </Dropdown>
    </form>
  )
}

const SURE = 90

function Phone({ now, onInput }: Pick<Props, 'now' | 'onInput'>) {
  const t = useT('flows/trial')
  const [words, setWords] = useState('')
  const [sure, setSure] = useState(SURE)
  const [digits, setDigits] = useState('')
  const listen = now.effects.findLast((effect) => effect.fx === 'listen')
  const most = listen?.options.dtmf?.maxDigits ?? 1
  const endKey = listen?.options.dtmf?.endKey
  const press = (key: string) => {
    const all = digits + key
    const instant = digits === '' && listen?.instant?.includes(key)
    if (!instant && key !== endKey && all.length < most) return setDigits(all)
    onInput({ in: all, as: 'dtmf' })
    setDigits('')
  }
  const say = () => {
    if (!words.trim()) return
    onInput({ in: words.trim(), as: 'speech', confidence: sure / 100 })
    setWords('')
  }
  return (
    <>
      <form
        className="trial-say"
        onSubmit={(event) => {
          event.preventDefault()
          say()
        }}
      >
        <Input
          value={words}
          maxLength={500}
          aria-label={t('speak')}
          placeholder={t('speak')}
          onChange={({ target }) => setWords(target.value)}
        />
        <InputNumber
          className="trial-sure"
          value={sure}
          min={0}
          max={100}
          step={10}
          suffix="%"
          aria-label={t('sure')}
          title={t('sure')}
          onChange={(value) => setSure(value ?? SURE)}
        />
        <Button htmlType="submit" type="primary">
          {t('say')}
        </Button>
      </form>
      <div className="trial-keys">
        <Keypad onKey={press} />
        <div>
          <p className="quiet" role="status">
            {digits ? t('keyed', { digits }) : ''}
          </p>
          {digits && (
            <Button
              size="small"
              onClick={() => {
                onInput({ in: digits, as: 'dtmf' })
                setDigits('')
              }}
            >
              {t('sendKeys')}
            </Button>
          )}
          <Button
            size="small"
            onClick={() =>
              onInput({ in: '', as: 'silence', afterMs: listen?.options.timeoutMs ?? 5000 })
            }
          >
            {t('input.silence')}
          </Button>
        </div>
      </div>
    </>
  )
}
