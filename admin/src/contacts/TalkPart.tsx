import type { WirePart } from '../../../gateway/desk/protocol.ts'
import { KeysPart } from '../desk/thread/KeysPart.tsx'
import { SpeechPart } from '../desk/thread/SpeechPart.tsx'
import { useT } from '../i18n/index.ts'

export function TalkPart({ part }: { part: WirePart }) {
  const t = useT('contacts')
  switch (part.type) {
    case 'text':
      return <div>{part.text}</div>
    case 'choice':
      return (
        <div>
          <span className="quiet">{t('chosen')}</span> {part.label}
        </div>
      )
    case 'quickReplies':
      return <div className="quiet">{part.replies.map(({ label }) => label).join(' · ')}</div>
    case 'location':
      return (
        <div>
          {t('location')}: {part.label ?? `${part.lat}, ${part.lng}`}
        </div>
      )
    case 'card':
      return (
        <div>
          <b>{part.title}</b>
          {part.text && <div>{part.text}</div>}
          {part.url && <div className="quiet">{part.url}</div>}
        </div>
      )
    case 'media':
      if (part.kind === 'image') return <img src={part.url} alt={part.name} loading="lazy" />
      if (part.kind === 'audio') return <audio controls src={part.url} aria-label={part.name} />
      return (
        <a href={part.url} target="_blank" rel="noreferrer">
          {part.name || t('file')}
        </a>
      )
    case 'keys':
      return <KeysPart digits={part.digits} />
    case 'speech':
      return <SpeechPart nbest={part.nbest} />
    case 'event':
      return null
  }
}
