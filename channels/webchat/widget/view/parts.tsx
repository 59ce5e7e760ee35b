import { useState } from 'preact/hooks'
import { linkify, safeUrl } from '../linkify.ts'
import type { VisitorPart } from '../wire.ts'
import { Card } from './card.tsx'
import { useRoom } from './context.ts'
import { Icon } from './icons.tsx'

export function Words({ text }: { text: string }) {
  return (
    <p class="words">
      {linkify(text).map((piece) =>
        piece.href ? (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </p>
  )
}

export function PartView({ part }: { part: VisitorPart }) {
  switch (part.type) {
    case 'text':
      return <Words text={part.text} />
    case 'choice':
      return <p class="words">{part.label}</p>
    case 'media':
      return <Media part={part} />
    case 'card':
      return <Card part={part} />
    case 'location':
      return <Place part={part} />
    case 'quickReplies':
      return null // drawn under the bubble
  }
}

function Media({ part }: { part: Extract<VisitorPart, { type: 'media' }> }) {
  const { t } = useRoom()
  const [gone, setGone] = useState(false)
  const { kind, name, url } = part
  const lost = () => setGone(true)
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
        <img src={url} alt={name} loading="lazy" onError={lost} />
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

export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

function Place({ part }: { part: Extract<VisitorPart, { type: 'location' }> }) {
  const { lang, t } = useRoom()
  const { lat, lng, label = t('place') } = part
  const name = encodeURIComponent(label)
  // WGS-84 as the browser gives it; AMap shifts it to the Chinese grid when told so
  const map =
    lang === 'zh-CN'
      ? `https://uri.amap.com/marker?position=${lng},${lat}&name=${name}&coordinate=wgs84`
      : `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lng}#map=16/${lat}/${lng}`
  return (
    <a class="place" href={safeUrl(map)} target="_blank" rel="noopener noreferrer">
      <Icon name="pin" />
      <span class="file-words">
        <span class="file-name">{label}</span>
        <small>
          {lat.toFixed(4)}, {lng.toFixed(4)} · {t('openMap')}
        </small>
      </span>
    </a>
  )
}
