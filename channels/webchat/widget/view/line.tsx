import type { Line } from '../lines.ts'
import { useRoom } from './context.ts'
import { Icon } from './icons.tsx'
import { PartView } from './parts.tsx'
import { QuickReplies } from './quick-replies.tsx'

export interface LineProps {
  line: Line
  repliesActive: boolean
  chosen?: string
}

export function LineView({ line, repliesActive, chosen }: LineProps) {
  const { lang, t } = useRoom()
  const { author, own } = line
  const shown = line.parts.filter((part) => part.type !== 'quickReplies')
  const replies = line.parts.find((part) => part.type === 'quickReplies')
  const name = own ? t('you') : author.name || t(author.kind === 'contact' ? 'you' : author.kind)
  const rich = shown.some((part) => part.type === 'card' || part.type === 'media')
  const bare = shown.every((part) => part.type === 'media' && part.kind === 'image')

  return (
    <article class={`line ${own ? 'own' : author.kind} ${line.startsGroup ? 'first' : ''}`}>
      {line.startsGroup && !own && author.kind !== 'system' ? (
        <p class="author">
          {name} <time>{timeOf(line.atMs, lang)}</time>
        </p>
      ) : (
        <span class="unseen">{name}</span>
      )}
      {shown.length > 0 && (
        <div class={`bubble ${rich ? 'rich' : ''} ${bare ? 'bare' : ''}`} lang={line.lang}>
          {shown.map((part) => (
            <PartView part={part} />
          ))}
        </div>
      )}
      {own && <OwnState line={line} />}
      {replies && <QuickReplies part={replies} active={repliesActive} chosen={chosen} />}
    </article>
  )
}

const marks = {
  sending: 'clock',
  stored: 'tick',
  delivered: 'ticks',
  read: 'ticks',
  refused: 'alert',
} as const

function OwnState({ line }: { line: Line }) {
  const { chat, lang, t, tell } = useRoom()
  const { own, outgoing } = line
  if (!own) return null
  const id = outgoing?.clientMsgId
  return (
    <>
      <p class={`own-state ${own}`}>
        <time>{timeOf(line.atMs, lang)}</time>
        <Icon name={marks[own]} />
        <span class={own === 'refused' ? '' : 'unseen'}>{t(own)}</span>
      </p>
      {own === 'refused' && id && (
        <p class="refusal">
          {outgoing.error && <span>{tell(outgoing.error)} </span>}
          {outgoing.retryAtMs !== undefined && (
            <button type="button" class="plain" onClick={() => chat.retry(id)}>
              {t('retry')}
            </button>
          )}
          <button type="button" class="plain" onClick={() => chat.discard(id)}>
            {t('remove')}
          </button>
        </p>
      )}
    </>
  )
}

function timeOf(atMs: number, lang: string): string {
  return new Intl.DateTimeFormat(lang, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(atMs)
}
