import {
  DownloadOutlined,
  PauseCircleFilled,
  PlayCircleFilled,
  StepBackwardOutlined,
  StepForwardOutlined,
} from '@ant-design/icons'
import { Button, Select, Tooltip } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { PeaksView } from '../../../gateway/recordings/schema.ts'
import { address, api } from '../api/client.ts'
import { ErrorNotice } from '../api/ErrorNotice.tsx'
import { clock } from '../desk/duration.ts'
import { useT } from '../i18n/index.ts'
import { drawWave } from './drawWave.ts'
import './player.css'

interface Props {
  recordingId: string
  durationMs: number
  /** where its audio and shape are asked for, when not as a recording: a voicemail has readers of its own */
  at?: string
}

const STEP_S = 5
const SPEEDS = [0.75, 1, 1.25, 1.5, 2]

/**
 * A recording with its waveform: the caller above, our side below. Space plays and pauses, the arrows move
 * five seconds. Without a waveform it plays all the same.
 */
export default function Player({
  recordingId,
  durationMs,
  at = `/recordings/${recordingId}`,
}: Props) {
  const t = useT('desk')
  const wave = useRef<HTMLDivElement>(null)
  const audio = useRef<HTMLAudioElement>(null)
  const [playing, setPlaying] = useState(false)
  const [atS, setAtS] = useState(0)
  const [speed, setSpeed] = useState(1)
  const [lengthS, setLengthS] = useState(durationMs / 1000)
  const [error, setError] = useState<unknown>()
  const [broken, setBroken] = useState(false)
  const source = address(`${at}/audio`)

  useEffect(() => {
    const media = audio.current
    const container = wave.current
    if (!media || !container) return
    let undraw: (() => void) | undefined
    let left = false
    api
      .get<PeaksView>(`${at}/peaks`)
      .then(({ channels, durationMs: lastsMs }) => {
        if (left) return
        setLengthS(lastsMs / 1000)
        undraw = drawWave(container, media, channels, lastsMs / 1000)
      })
      .catch((reason: unknown) => {
        if (!left) setError(reason)
      })
    return () => {
      left = true
      undraw?.()
    }
  }, [at])

  const toggle = () => {
    const media = audio.current
    if (!media) return
    if (!media.paused) return media.pause()
    setBroken(false)
    media.play().catch(() => setBroken(media.error !== null))
  }
  const goTo = (seconds: number) => {
    if (audio.current)
      audio.current.currentTime = Math.max(0, Math.min(lengthS || Infinity, seconds))
  }
  const move = (seconds: number) => goTo((audio.current?.currentTime ?? 0) + seconds)
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    // a button or list under the focus keeps its own keys
    if (event.target instanceof HTMLElement && event.target.closest('button, .ant-select, a'))
      return
    const does: Record<string, () => void> = {
      ' ': toggle,
      ArrowLeft: () => move(-STEP_S),
      ArrowRight: () => move(STEP_S),
      Home: () => goTo(0),
      End: () => goTo(lengthS),
    }
    const act = does[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  const button = (words: string, icon: React.ReactNode, act: () => void) => (
    <Tooltip title={words}>
      <Button type="text" size="small" icon={icon} aria-label={words} onClick={act} />
    </Tooltip>
  )

  return (
    <section className="player" aria-label={t('player.label')} onKeyDown={press}>
      <div
        className="player-wave"
        role="slider"
        tabIndex={0}
        aria-label={t('player.position')}
        aria-valuemin={0}
        aria-valuemax={Math.round(lengthS)}
        aria-valuenow={Math.round(atS)}
        aria-valuetext={t('player.at', { at: clock(atS * 1000), all: clock(lengthS * 1000) })}
      >
        <div ref={wave} />
      </div>
      <div className="player-controls">
        {button(t('player.back'), <StepBackwardOutlined aria-hidden />, () => move(-STEP_S))}
        <Button
          type="primary"
          shape="circle"
          icon={playing ? <PauseCircleFilled aria-hidden /> : <PlayCircleFilled aria-hidden />}
          aria-label={t(playing ? 'player.pause' : 'player.play')}
          onClick={toggle}
        />
        {button(t('player.forward'), <StepForwardOutlined aria-hidden />, () => move(STEP_S))}
        <span className="clock">
          {t('player.at', { at: clock(atS * 1000), all: clock(lengthS * 1000) })}
        </span>
        <Select
          size="small"
          aria-label={t('player.speed')}
          value={speed}
          onChange={(next) => {
            setSpeed(next)
            if (audio.current) audio.current.playbackRate = next
          }}
          options={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
        />
        <Tooltip title={t('player.download')}>
          <Button
            type="text"
            size="small"
            icon={<DownloadOutlined aria-hidden />}
            aria-label={t('player.download')}
            href={`${source}?download=1`}
            download={`${recordingId}.wav`}
          />
        </Tooltip>
      </div>
      <ErrorNotice error={error} />
      {broken && (
        <p className="player-broken" role="alert">
          {t('player.failed')}
        </p>
      )}
      <audio
        ref={audio}
        preload="none"
        src={source}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAtS(event.currentTarget.currentTime)}
        onSeeked={(event) => setAtS(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => {
          const { duration } = event.currentTarget
          if (Number.isFinite(duration)) setLengthS(duration)
        }}
        onError={() => {
          setPlaying(false)
          setBroken(true)
        }}
      />
    </section>
  )
}
