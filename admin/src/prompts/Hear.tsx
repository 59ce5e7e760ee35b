import { SoundOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import type { VoiceChoice } from '../../../bots/flow/parts.ts'
import type { PreviewBody, PromptRecordingView } from '../../../gateway/prompts/schema.ts'
import { address, api } from '../api/client.ts'
import { apiErrorOf, offline } from '../api/error.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import { useT } from '../i18n/index.ts'
import { Clip } from './Clip.tsx'
import { VoicePicker } from './VoicePicker.tsx'

interface Props {
  lang: string
  text: string
  /** who speaks and how fast, as far as it is not the usual */
  choice: VoiceChoice
  /** absent: chosen elsewhere, for more than this text */
  onChoose?: ((next: VoiceChoice) => void) | undefined
  /** what holds where `choice` says nothing; absent: the engine's own */
  usual?: VoiceChoice | undefined
  /** keeps what was heard as a recording */
  onKeep?(recording: PromptRecordingView): void
}

const VOLUMES = [0.5, 0.75, 1, 1.25, 1.5]

/** A text as calls say it, with the voice and speed they have; a recording kept of it may be louder or softer. */
export function Hear({ lang, text, choice, onChoose, usual, onKeep }: Props) {
  const t = useT('prompts')
  const showError = useErrorToast()
  const [volume, setVolume] = useState(1)
  const [busy, setBusy] = useState<'hear' | 'keep'>()
  const [heard, setHeard] = useState<Blob>()
  const wish: PreviewBody = { text, lang, ...usual, ...choice, volume }
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
  const empty = !text.trim()
  return (
    <div className="hear">
      {onChoose && (
        <VoicePicker {...{ lang, usual }} value={choice} disabled={empty} onChange={onChoose} />
      )}
      <div className="hear-bar">
        <Button
          icon={<SoundOutlined aria-hidden />}
          loading={busy === 'hear'}
          disabled={empty}
          onClick={hear}
        >
          {t('hear.hear')}
        </Button>
        {onKeep && (
          <>
            <Button
              type="link"
              size="small"
              loading={busy === 'keep'}
              disabled={empty}
              onClick={keep}
            >
              {t('hear.keep')}
            </Button>
            <Select
              aria-label={t('hear.volume')}
              size="small"
              value={volume}
              onChange={setVolume}
              options={VOLUMES.map((value) => ({
                value,
                label: t('hear.loud', { value: Math.round(value * 100) }),
              }))}
            />
          </>
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
