import { Button } from 'antd'
import { SoundOutlined } from '@ant-design/icons'
import { useEffect, useRef } from 'react'
import type { Channel } from '../../../../bots/flow/parts.ts'
import type { EffectOf } from '../../../../bots/flow/state.ts'
import { useT } from '../../i18n/index.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { choiceOf } from '../form/voice-choice.ts'
import { inputWords } from './input-words.ts'
import type { Moment } from './run.ts'
import { useHear } from './useHear.ts'
import { useStepNames } from './useStepNames.ts'

interface Props {
  moments: readonly Moment[]
  channel: Channel
  onChoose(id: string, block: string): void
}

/** Who said what, the newest at the end. */
export function Transcript({ moments, channel, onChoose }: Props) {
  const t = useT('flows/trial')
  const log = useRef<HTMLDivElement>(null)
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight })
  }, [moments])
  return (
    <div className="trial-log" role="log" aria-label={t('log')} tabIndex={0} ref={log}>
      {moments.map((moment, at) => (
        <div key={at} className="trial-moment">
          {moment.input && <p className="trial-person">{inputWords(moment.input, channel, t)}</p>}
          {moment.said.map((line, index) => (
            <Line
              key={index}
              line={line}
              channel={channel}
              flow={moment.way.findLast(({ block }) => block === line.block)?.flow}
              choosable={at === moments.length - 1}
              onChoose={onChoose}
            />
          ))}
          <Happened moment={moment} />
        </div>
      ))}
    </div>
  )
}

interface LineProps {
  line: EffectOf<'say'>
  /** the flow that said it, where it came by the block this time */
  flow: string | undefined
  channel: Channel
  choosable: boolean
  onChoose: Props['onChoose']
}

function Line({ line, flow, channel, choosable, onChoose }: LineProps) {
  const t = useT('flows/trial')
  const { select } = useFlowEditor()
  const named = useStepNames()
  const hear = useHear()
  const { text, speak, audio, block, lang, choices = [], cards = [] } = line
  const byPhone = channel === 'voice'
  return (
    <div className="trial-bot" lang={lang}>
      <p>{text}</p>
      {byPhone && speak !== undefined && speak !== text && (
        <p className="trial-ear">
          <span className="quiet">{t('ear')}</span> {speak}
        </p>
      )}
      {cards.map(({ title, text: more, url }, at) => (
        <p key={at} className="trial-card">
          <b>{title}</b> {more} {url && <span className="quiet">{url}</span>}
        </p>
      ))}
      {choices.length > 0 && !byPhone && (
        <div className="trial-choices">
          {choices.map(({ id, key, label }) => (
            <Button key={id} size="small" disabled={!choosable} onClick={() => onChoose(id, block)}>
              {key ? `${key} ${label}` : label}
            </Button>
          ))}
        </div>
      )}
      <span className="trial-line-tools">
        <Button type="link" size="small" onClick={() => select([block], { bringIntoView: true })}>
          <span title={block}>{named({ flow, block })}</span>
        </Button>
        {audio !== undefined && <span className="quiet">{t('recorded')}</span>}
        {byPhone && (
          <Button
            type="text"
            size="small"
            loading={hear.busy}
            icon={<SoundOutlined aria-hidden />}
            aria-label={t('hear')}
            title={t('hear')}
            onClick={() => void hear.play({ text: speak ?? text, lang, ...choiceOf(line) })}
          />
        )}
      </span>
      {hear.error !== undefined && (
        <span role="alert" className="wrong">
          {hear.error}
        </span>
      )}
    </div>
  )
}

/** What else came of it, in a line each. */
function Happened({ moment: { effects, state } }: { moment: Moment }) {
  const t = useT('flows/trial')
  const lines = effects.flatMap((effect): string[] => {
    switch (effect.fx) {
      case 'handoff':
        return [
          effect.callback === undefined
            ? t('did.handoff', { queue: effect.queue })
            : t('did.callback', { queue: effect.queue, number: effect.callback }),
        ]
      case 'transfer':
        return [t('did.transfer', { number: effect.to.value })]
      case 'voicemail':
        return [t('did.voicemail', { mailbox: effect.mailbox })]
      case 'leave':
        return [t('did.leave', { mailbox: effect.mailbox })]
      case 'lang':
        return [t('did.lang', { lang: effect.lang })]
      case 'end':
        return [t('did.end')]
      case 'track':
        if (effect.event === 'lost') return [t('did.lost')]
        if (effect.event === 'loop' || effect.event === 'broken') return [t('did.broken')]
        if (effect.event === 'fail') return [t('did.fail', { code: String(effect.data?.['code']) })]
        return []
      default:
        return []
    }
  })
  if (state.accepted && effects.some((effect) => effect.fx === 'track' && effect.event === 'agent'))
    lines.push(t('did.accepted'))
  return lines.map((line, at) => (
    <p key={at} className="trial-did">
      {line}
    </p>
  ))
}
