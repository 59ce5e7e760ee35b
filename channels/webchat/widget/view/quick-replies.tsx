import type { VisitorPart } from '../wire.ts'
import { useRoom } from './context.ts'

export interface QuickRepliesProps {
  part: Extract<VisitorPart, { type: 'quickReplies' }>
  active: boolean
  chosen?: string
}

export function QuickReplies({ part, active, chosen }: QuickRepliesProps) {
  const { chat, t } = useRoom()
  return (
    <div class={`replies ${active ? '' : 'over'}`} role="group" aria-label={t('replies')}>
      {part.replies.map(({ id, label }) => (
        <button
          type="button"
          disabled={!active}
          class={chosen === id ? 'chosen' : ''}
          onClick={() => chat.say({ type: 'choice', id, label })}
        >
          {label}
        </button>
      ))}
    </div>
  )
}
