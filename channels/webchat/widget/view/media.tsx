import { useState } from 'preact/hooks'
import type { VisitorPart } from '../wire.ts'
import { useRoom } from './context.ts'
import { Icon } from './icons.tsx'

/** A picture the network lost is asked for again, each time later, before it is given up. */
const RETRIES = 4
const FIRST_RETRY_MS = 2000

export function Media({ part }: { part: Extract<VisitorPart, { type: 'media' }> }) {
  const { t } = useRoom()
  const [gone, setGone] = useState(false)
  const [tries, setTries] = useState(0)
  const { kind, name, url } = part
  const lost = () => setGone(true)
  const again = () => {
    if (tries >= RETRIES) lost()
    else setTimeout(() => setTries(tries + 1), FIRST_RETRY_MS * 2 ** tries)
  }
  if (gone || !url) return <FileRow part={part} note={gone ? t('mediaGone') : undefined} />
  if (kind === 'image') {
    return (
      <a
        class="picture"
        href={url}
        target="_blank"
        rel="noopener"
        aria-label={t('openImage', { name })}
      >
        <img key={tries} src={url} alt={name} loading="lazy" onError={again} />
      </a>
    )
  }
  if (kind === 'audio') {
    return (
      <audio
        class="player"
        controls
        preload="metadata"
        src={url}
        aria-label={name}
        onError={lost}
      />
    )
  }
  if (kind === 'video') {
    return (
      <video
        class="player"
        controls
        preload="metadata"
        src={url}
        aria-label={name}
        onError={lost}
      />
    )
  }
  return <FileRow part={part} />
}

function FileRow(props: { part: Extract<VisitorPart, { type: 'media' }>; note?: string }) {
  const { t } = useRoom()
  const { name, bytes, url } = props.part
  return (
    <a
      class="file"
      href={url || undefined}
      target="_blank"
      rel="noopener"
      download={name}
      aria-label={t('download', { name })}
    >
      <Icon name="file" />
      <span class="file-words">
        <span class="file-name">{name}</span>
        <small>{props.note ?? bytesText(bytes)}</small>
      </span>
    </a>
  )
}

function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
