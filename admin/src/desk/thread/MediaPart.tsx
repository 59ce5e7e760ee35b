import { FileOutlined } from '@ant-design/icons'
import { useState } from 'react'
import type { WirePart } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { fileSize } from './fileSize.ts'

/** A picture the network lost is asked for again, each time later. */
const RETRIES = 5
const FIRST_RETRY_MS = 2000

type Media = Extract<WirePart, { type: 'media' }>

export function MediaPart({ part }: { part: Media }) {
  const t = useT('desk')
  const [tries, setTries] = useState(0)
  const again = () => {
    if (tries < RETRIES) setTimeout(() => setTries(tries + 1), FIRST_RETRY_MS * 2 ** tries)
  }
  const words = t('thread.download', { name: part.name, size: fileSize(part.bytes) })
  switch (part.kind) {
    case 'image':
      return (
        <a href={part.url} target="_blank" rel="noreferrer">
          <img
            key={tries}
            className="picture"
            src={part.url}
            alt={t('thread.image', { name: part.name })}
            loading="lazy"
            onError={again}
          />
        </a>
      )
    case 'audio':
      return <audio controls preload="metadata" src={part.url} aria-label={part.name} />
    case 'video':
      return (
        <video
          className="picture"
          controls
          preload="metadata"
          src={part.url}
          aria-label={part.name}
        />
      )
    case 'file':
      return (
        <a className="file" href={part.url} {...opening(part)} aria-label={words}>
          <FileOutlined aria-hidden />
          <span>{part.name}</span>
          <small>{fileSize(part.bytes)}</small>
        </a>
      )
  }
}

/** A page of ours, e.g. a whole mail, is shown in a sandbox (gateway/http/app.ts); what others sent is saved. */
function opening({ mime, name }: Media) {
  return mime === 'text/html' ? { target: '_blank', rel: 'noreferrer' } : { download: name }
}
