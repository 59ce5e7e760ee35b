import { safeUrl } from '../linkify.ts'
import type { VisitorPart } from '../wire.ts'
import { Card } from './card.tsx'
import { useRoom } from './context.ts'
import { Icon } from './icons.tsx'
import { Media } from './media.tsx'
import { Words } from './words.tsx'

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
