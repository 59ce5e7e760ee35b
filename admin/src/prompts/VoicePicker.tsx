import { Select, Slider } from 'antd'
import { useId, useState } from 'react'
import type { VoiceChoice } from '../../../bots/flow/parts.ts'
import type { VoiceView } from '../../../gateway/prompts/schema.ts'
import { useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'
import { useLabels } from '../records/useLabels.ts'
import './prompts.css'

interface Props {
  lang: string
  value: VoiceChoice
  /** what holds where `value` says nothing */
  usual?: VoiceChoice | undefined
  disabled?: boolean
  onChange(next: VoiceChoice): void
}

/** of `voiceChoiceSchema` */
const [SLOWEST, FASTEST] = [0.5, 2]
const MARKS = { 0.5: '0.5', 1: '1', 1.5: '1.5', 2: '2' }

/** Who speaks a language, and how fast. A speed that is the usual one is not kept: it changes with the flow's. */
export function VoicePicker({ lang, value, usual, disabled = false, onChange }: Props) {
  const t = useT('prompts')
  const labels = useLabels()
  const id = useId()
  const voices = useItems<VoiceView>('/prompts/voices', { lang }).data
  const nameOf = ({ name, sex, lang: speaks, provider }: VoiceView) =>
    [
      name,
      ...(sex ? [t(`hear.sex.${sex}`)] : []),
      labels.lang(speaks),
      // most engines say it in the name
      ...(name.toLowerCase().includes(provider) ? [] : [provider]),
    ].join(' · ')
  const known = (voice: string) => voices?.find((each) => each.id === voice)
  const called = (voice: string) => {
    const found = known(voice)
    return found ? nameOf(found) : voices ? t('hear.goneVoice', { voice }) : voice
  }
  const usualSpeed = usual?.speed ?? 1
  const usualName = usual?.voice === undefined ? undefined : called(usual.voice)
  const speed = value.speed ?? usualSpeed
  // while it is being moved
  const [moving, move] = useState<number>()
  const shown = moving ?? speed
  const keep = (next: number) => {
    move(undefined)
    const { speed: _before, ...rest } = value
    if (next !== speed) onChange(next === usualSpeed ? rest : { ...rest, speed: next })
  }
  return (
    <div className="voice-picker">
      <Select
        aria-label={t('hear.voice')}
        className="voice-picker-name"
        disabled={disabled}
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: 'label' }}
        value={value.voice ?? ''}
        onChange={(voice) => {
          const { voice: _before, ...rest } = value
          onChange(voice === '' ? rest : { ...rest, voice })
        }}
        options={[
          {
            value: '',
            label: usual
              ? usualName
                ? t('hear.asFlow', { voice: usualName })
                : t('hear.asFlowUsual')
              : t('hear.asCallers'),
          },
          ...(value.voice !== undefined && !known(value.voice)
            ? [{ value: value.voice, label: called(value.voice) }]
            : []),
          ...(voices ?? []).map((voice) => ({ value: voice.id, label: nameOf(voice) })),
        ]}
      />
      <div className="voice-picker-speed">
        <span id={id}>{t('hear.speed')}</span>
        <Slider
          disabled={disabled}
          min={SLOWEST}
          max={FASTEST}
          step={0.05}
          marks={MARKS}
          value={shown}
          tooltip={{ open: false }}
          ariaLabelledByForHandle={id}
          ariaValueTextFormatterForHandle={(at) => t('hear.times', { value: at })}
          onChange={move}
          onChangeComplete={keep}
        />
        <output>{t('hear.times', { value: shown })}</output>
      </div>
    </div>
  )
}
