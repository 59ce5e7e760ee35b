import { PlayCircleOutlined } from '@ant-design/icons'
import { Button, Spin } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import './recording-line.css'

const Player = lazy(() => import('../../recordings/Player.tsx'))

interface Props {
  recordingId: string
  durationMs: number
  /** a voicemail has a door and readers of its own */
  voicemail: boolean
}

/** Nothing of a recording is fetched before somebody wants to hear it: every listening is logged. */
export function RecordingLine({ recordingId, durationMs, voicemail }: Props) {
  const t = useT('desk')
  const [open, setOpen] = useState(false)
  return (
    <div className="recording-line">
      {open ? (
        <Suspense fallback={<Spin />}>
          <Player
            recordingId={recordingId}
            durationMs={durationMs}
            {...(voicemail && { at: `/voicemails/${recordingId}` })}
          />
        </Suspense>
      ) : (
        <Button
          size="small"
          icon={<PlayCircleOutlined aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {t('player.open')}
        </Button>
      )}
    </div>
  )
}
