import { FileOutlined } from '@ant-design/icons'
import type { WirePart } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { fileSize } from './fileSize.ts'

type Media = Extract<WirePart, { type: 'media' }>

export function MediaPart({ part }: { part: Media }) {
  const t = useT('desk')
  const words = t('thread.download', { name: part.name, size: fileSize(part.bytes) })
  switch (part.kind) {
    case 'image':
      return (
        <a href={part.url} target="_blank" rel="noreferrer">
          <img
            className="picture"
            src={part.url}
            alt={t('thread.image', { name: part.name })}
            loading="lazy"
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
        <a className="file" href={part.url} download={part.name} aria-label={words}>
          <FileOutlined aria-hidden />
          <span>{part.name}</span>
          <small>{fileSize(part.bytes)}</small>
        </a>
      )
  }
}
