import { AudioOutlined, PauseOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { PromptRecordingView } from '../../../gateway/prompts/schema.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import { clock } from '../desk/duration.ts'
import { Clip } from './Clip.tsx'
import { uploadRecording } from './upload-recording.ts'
import { useRecorder } from './useRecorder.ts'

interface Props {
  text: string
  onTaken(recording: PromptRecordingView): void
  onCancel(): void
}

/** Speaks a text into the microphone: level, pause, listen, again, take it. */
export function RecordPanel({ text, onTaken, onCancel }: Props) {
  const t = useT('prompts')
  const showError = useErrorToast()
  const recorder = useRecorder()
  const [sending, setSending] = useState(false)
  const { state, fault, seconds, level, take } = recorder
  const use = () => {
    if (!take) return
    setSending(true)
    const name = `${text.replace(/\s+/g, ' ').slice(0, 30) || 'recording'}.wav`
    uploadRecording(new File([take], name, { type: 'audio/wav' }))
      .then(onTaken)
      .catch(showError)
      .finally(() => setSending(false))
  }
  return (
    <section className="record-panel" aria-label={t('record.title')}>
      <p className="record-text">{text}</p>
      {state === 'idle' && !fault && <p className="quiet">{t('record.why')}</p>}
      {state === 'asking' && <p role="status">{t('record.asking')}</p>}
      {fault && <Alert type="warning" showIcon title={t(`record.fault.${fault}`)} />}
      {(state === 'recording' || state === 'paused') && (
        <div className="record-meter">
          <meter
            min={0}
            max={1}
            low={0.05}
            high={0.9}
            optimum={0.4}
            value={state === 'paused' ? 0 : level}
            aria-label={t('record.level')}
          />
          <span className="clock" role="timer">
            {clock(seconds * 1000)}
          </span>
          <span className="quiet" role="status">
            {t(state === 'paused' ? 'record.paused' : level > 0.97 ? 'record.loud' : 'record.on')}
          </span>
        </div>
      )}
      {state === 'done' && take && <Clip of={take} label={t('record.take')} />}
      <div className="record-buttons">
        {(state === 'idle' || state === 'asking') && (
          <Button
            type="primary"
            icon={<AudioOutlined aria-hidden />}
            loading={state === 'asking'}
            onClick={() => void recorder.start()}
          >
            {t('record.start')}
          </Button>
        )}
        {state === 'recording' && (
          <Button icon={<PauseOutlined aria-hidden />} onClick={recorder.pause}>
            {t('record.pause')}
          </Button>
        )}
        {state === 'paused' && <Button onClick={recorder.resume}>{t('record.resume')}</Button>}
        {(state === 'recording' || state === 'paused') && (
          <Button type="primary" danger onClick={recorder.stop}>
            {t('record.stop')}
          </Button>
        )}
        {state === 'done' && (
          <>
            <Button type="primary" loading={sending} onClick={use}>
              {t('record.use')}
            </Button>
            <Button onClick={() => void recorder.start()}>{t('record.again')}</Button>
          </>
        )}
        <Button type="text" onClick={onCancel}>
          {t('record.cancel')}
        </Button>
      </div>
    </section>
  )
}
