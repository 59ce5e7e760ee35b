import { lazy, Suspense } from 'react'
import type { ComponentType } from 'react'
import type { VoiceChoice } from '../../../../bots/flow/parts.ts'
import { textHash } from '../../../../bots/flow/versions.ts'
import { useT } from '../../i18n/index.ts'
import { asString, isObject } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { Fold } from './Fold.tsx'
import { flowVoiceIn } from './voice-choice.ts'

/** A recording and the text it was made of. */
export interface Audio {
  mediaId: string
  ofText: string
}
interface Slot {
  lang: string
  text: string
  ofText: string
  value: Audio | undefined
  onChange(audio: Audio | undefined): void
  choice: VoiceChoice
  onChoose(next: VoiceChoice): void
  flowVoice: VoiceChoice
}

// the studio for prompts is a room of its own, loaded when a prompt is looked at
const found = Object.values(
  import.meta.glob<{ PromptAudio: ComponentType<Slot> }>('../../prompts/PromptAudio.tsx'),
)[0]
const PromptAudio = found && lazy(async () => ({ default: (await found()).PromptAudio }))

interface Props {
  lang: string
  /** as it is spoken */
  text: string
  /** the text recordings are tied to */
  ofText: string
  value: unknown
  stale: boolean
  onChange(audio: Audio | undefined): void
  choice: VoiceChoice
  onChoose(next: VoiceChoice): void
}

/** The recording of a prompt: hear, record, upload; says when the text was changed after it was made. */
export function AudioSlot(props: Props) {
  const { lang, text, ofText, value, stale, onChange, choice, onChoose } = props
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const audio = isObject(value)
    ? { mediaId: asString(value['mediaId']) ?? '', ofText: asString(value['ofText']) ?? '' }
    : undefined
  const old = audio !== undefined && (stale || audio.ofText !== textHash(ofText))
  const state = t(old ? 'prompt.recordedStale' : audio ? 'prompt.recorded' : 'prompt.synthesised')
  if (!PromptAudio) return audio ? <p className="form-help">{state}</p> : null
  return (
    <Fold className="form-sound" open={old} title={t('prompt.sound', { state })}>
      <Suspense fallback={null}>
        <PromptAudio
          {...{ lang, text, ofText, onChange, choice, onChoose }}
          value={audio}
          flowVoice={flowVoiceIn(doc, lang)}
        />
      </Suspense>
    </Fold>
  )
}
