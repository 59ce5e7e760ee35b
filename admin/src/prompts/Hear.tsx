import { SoundOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import type {
  PreviewBody,
  PromptRecordingView,
  VoiceView,
} from '../../../gateway/prompts/schema.ts'
import { address, api } from '../api/client.ts'
import { apiErrorOf, offline } from '../api/error.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'
import { Clip } from './Clip.tsx'

interface Props {
  lang: string
  text: string
  /** keeps what was heard as a recording */
  onKeep?(recording: PromptRecordingView): void
}

const SPEEDS = [0.75, 0.9, 1, 1.1, 1.25, 1.5]
const VOLUMES = [0.5, 0.75, 1, 1.25, 1.5]

/** A text as the synthesis says it, with a voice, a speed and a volume of one's choice. */
export function Hear({ lang, text, onKeep }: Props) {
  const t = useT('prompts')
  const showError = useErrorToast()
  const voices = useItems<VoiceView>('/prompts/voices', { lang })
  const [voice, setVoice] = useState<string>()
  const [speed, setSpeed] = useState(1)
  const [volume, setVolume] = useState(1)
  const [busy, setBusy] = useState<'hear' | 'keep'>()
  const [heard, setHeard] = useState<Blob>()
  const wish: PreviewBody = { text, lang, speed, volume, ...(voice && { voice }) }
  const doing = (what: 'hear' | 'keep', work: () => Promise<void>) => {
    setBusy(what)
    work()
      .catch(showError)
      .finally(() => setBusy(undefined))
  }
  const hear = () => doing('hear', async () => setHeard(await preview(wish)))
  const keep = () =>
    doing('keep', async () =>
      onKeep?.(await api.post<PromptRecordingView>('/prompts/synthesised', wish)),
    )
  const choices = (values: number[], word: (value: number) => string) =>
    values.map((value) => ({ value, label: word(value) }))
  return (
    <div className="hear">
      <div className="hear-bar">
        <Button
          icon={<SoundOutlined aria-hidden />}
          loading={busy === 'hear'}
          disabled={!text.trim()}
          onClick={hear}
        >
          {t('hear.hear')}
        </Button>
        <Select
          aria-label={t('hear.voice')}
          size="small"
          popupMatchSelectWidth={false}
          style={{ minWidth: 130 }}
          value={voice ?? ''}
          onChange={(next) => setVoice(next || undefined)}
          options={[
            { value: '', label: t('hear.asCallers') },
            ...(voices.data ?? []).map(({ id, name, provider }) => ({
              value: id,
              label: `${name} · ${provider}`,
            })),
          ]}
        />
        <Select
          aria-label={t('hear.speed')}
          size="small"
          value={speed}
          onChange={setSpeed}
          options={choices(SPEEDS, (value) => t('hear.times', { value }))}
        />
        <Select
          aria-label={t('hear.volume')}
          size="small"
          value={volume}
          onChange={setVolume}
          options={choices(VOLUMES, (value) => t('hear.loud', { value: Math.round(value * 100) }))}
        />
        {onKeep && (
          <Button
            type="link"
            size="small"
            loading={busy === 'keep'}
            disabled={!text.trim()}
            onClick={keep}
          >
            {t('hear.keep')}
          </Button>
        )}
      </div>
      {heard && <Clip of={heard} label={t('hear.heard')} autoPlay />}
    </div>
  )
}

async function preview(wish: PreviewBody): Promise<Blob> {
  const response = await fetch(address('/prompts/preview'), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  }).catch(() => {
    throw offline()
  })
  if (!response.ok) throw apiErrorOf(response.status, await response.text())
  return response.blob()
}
