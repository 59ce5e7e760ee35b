import { EnvironmentOutlined } from '@ant-design/icons'
import type { WirePart } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { CardPart } from './CardPart.tsx'
import { EventLine } from './EventLine.tsx'
import { KeysPart } from './KeysPart.tsx'
import { MediaPart } from './MediaPart.tsx'
import { SpeechPart } from './SpeechPart.tsx'
import { TextPart } from './TextPart.tsx'

/** One part of a message, whatever its kind. */
export function PartView({ part, atMs }: { part: WirePart; atMs: number }) {
  const t = useT('desk')
  switch (part.type) {
    case 'text':
      return <TextPart text={part.text} />
    case 'template':
      return (
        <>
          <span className="row-tag">{t('thread.template')}</span>
          <TextPart text={part.text} />
        </>
      )
    case 'media':
      return <MediaPart part={part} />
    case 'card':
      return <CardPart part={part} />
    case 'quickReplies':
      return (
        <ul className="chips">
          {part.replies.map((reply) => (
            <li key={reply.id}>
              {reply.key && <kbd>{reply.key}</kbd>} {reply.label}
            </li>
          ))}
        </ul>
      )
    case 'choice':
      return <p className="choice">{t('thread.chose', { label: part.label })}</p>
    case 'keys':
      return <KeysPart digits={part.digits} />
    case 'speech':
      return <SpeechPart nbest={part.nbest} />
    case 'location':
      return (
        <p className="place">
          <EnvironmentOutlined aria-hidden /> {part.label ?? t('thread.place')}{' '}
          <a
            href={`https://uri.amap.com/marker?position=${part.lng},${part.lat}`}
            target="_blank"
            rel="noreferrer"
          >
            {t('thread.map')} ({part.lat.toFixed(4)}, {part.lng.toFixed(4)})
          </a>
        </p>
      )
    case 'event':
      return <EventLine part={part} atMs={atMs} />
  }
}
