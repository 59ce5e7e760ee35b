import { AudioOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { VoiceChoice } from '../../../bots/flow/parts.ts'
import { textHash } from '../../../bots/flow/versions.ts'
import { useT } from '../i18n/index.ts'
import { Hear } from './Hear.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { RECORDINGS } from './upload-recording.ts'
import { UploadButton } from './UploadButton.tsx'
import './prompts.css'

// draws the waveform with a library that most pages do without
const Player = lazy(() => import('../recordings/Player.tsx'))

export interface PromptSound {
  mediaId: string
  /** `textHash()` of the text that was recorded */
  ofText: string
}

interface Props {
  lang: string
  /** as it is spoken */
  text: string
  /** the wording the recording is tied to, where it is another one than is spoken */
  ofText?: string
  value?: PromptSound | undefined
  onChange(value: PromptSound | undefined): void
  /** of the synthesis, for this wording alone */
  choice: VoiceChoice
  onChoose(next: VoiceChoice): void
  /** who speaks for the flow */
  flowVoice: VoiceChoice
}

/** What callers hear of one wording: the synthesis, or a recording made here, uploaded or kept. */
export function PromptAudio(props: Props) {
  const { lang, text, ofText = text, value, onChange, choice, onChoose, flowVoice } = props
  const t = useT('prompts')
  const [recording, record] = useState(false)
  const hash = textHash(ofText)
  const take = (mediaId: string) => {
    record(false)
    onChange({ mediaId, ofText: hash })
  }
  const stale = value && value.ofText !== hash
  return (
    <div className="prompt-audio">
      <Hear
        {...{ lang, text, choice, onChoose }}
        usual={flowVoice}
        onKeep={({ mediaId }) => take(mediaId)}
      />
      {value && (
        <Suspense fallback={null}>
          <Player
            key={value.mediaId}
            recordingId={value.mediaId}
            at={`${RECORDINGS}/${value.mediaId}`}
            durationMs={0}
          />
        </Suspense>
      )}
      {stale && (
        <Alert
          type="warning"
          showIcon
          title={t('audio.stale')}
          description={
            <div className="prompt-audio-buttons">
              <Button size="small" onClick={() => record(true)}>
                {t('audio.recordAgain')}
              </Button>
              <Button size="small" onClick={() => onChange({ ...value, ofText: hash })}>
                {t('audio.stillRight')}
              </Button>
            </div>
          }
        />
      )}
      {recording ? (
        <RecordPanel
          text={text}
          onTaken={({ mediaId }) => take(mediaId)}
          onCancel={() => record(false)}
        />
      ) : (
        <div className="prompt-audio-buttons">
          <Button
            icon={<AudioOutlined aria-hidden />}
            disabled={!text.trim()}
            onClick={() => record(true)}
          >
            {t(value ? 'audio.recordAgain' : 'audio.record')}
          </Button>
          <UploadButton
            label={t(value ? 'audio.replace' : 'audio.upload')}
            onUploaded={({ mediaId }) => take(mediaId)}
          />
          {value && (
            <Button type="link" onClick={() => onChange(undefined)}>
              {t('audio.remove')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
