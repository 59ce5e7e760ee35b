import { useState } from 'preact/hooks'
import { safeUrl } from '../linkify.ts'
import { WEB_CALL } from '../call/web-call.ts'
import type { VisitorPart } from '../wire.ts'
import { useRoom } from './context.ts'
import { Words } from './words.tsx'

type CardPart = Extract<VisitorPart, { type: 'card' }>
type Action = NonNullable<CardPart['actions']>[number]

export function Card({ part }: { part: CardPart }) {
  const [gone, setGone] = useState(false)
  const href = safeUrl(part.url)
  return (
    <div class="card">
      {part.image && !gone && (
        <img
          class="card-image"
          src={part.image}
          alt=""
          loading="lazy"
          onError={() => setGone(true)}
        />
      )}
      <h2>
        {href ? (
          <a href={href} target="_blank" rel="noopener noreferrer">
            {part.title}
          </a>
        ) : (
          part.title
        )}
      </h2>
      {part.text && <Words text={part.text} />}
      {part.actions && part.actions.length > 0 && (
        <div class="card-actions">
          {part.actions.map((action) => (
            <CardButton action={action} />
          ))}
        </div>
      )}
    </div>
  )
}

function CardButton({ action }: { action: Action }) {
  const { call, chat } = useRoom()
  const { kind, label, value } = action
  if (kind === 'call' && value === WEB_CALL) {
    return (
      <button type="button" disabled={call.running} onClick={() => void call.start()}>
        {label}
      </button>
    )
  }
  if (kind === 'reply') {
    return (
      <button type="button" onClick={() => chat.say({ type: 'choice', id: value, label })}>
        {label}
      </button>
    )
  }
  const href = kind === 'call' ? safeUrl(`tel:${value.replace(/[^\d+*#]/g, '')}`) : safeUrl(value)
  if (!href) return null
  return kind === 'call' ? (
    <a href={href}>{label}</a>
  ) : (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  )
}
