import { useState } from 'preact/hooks'
import { waitingWords } from '../waiting-words.ts'
import { useRoom } from './context.ts'

/** Who is on the other side now, or how long until somebody is. */
export function StatusBar({ onAgain }: { onAgain(): void }) {
  const { chat, t } = useRoom()
  const { status, messages } = chat.state
  const [asking, setAsking] = useState(false)

  if (status.state === 'waiting') {
    return (
      <div class="bar waiting" role="status">
        <span class="pulse" aria-hidden="true" />
        <span class="bar-words">{waitingWords(status, t)}</span>
        <button type="button" class="plain" onClick={chat.leave}>
          {t('cancelWaiting')}
        </button>
      </div>
    )
  }
  if (status.state === 'agent') {
    const leave = () => {
      setAsking(false)
      chat.leave()
    }
    return (
      <div class="bar agent" role="status">
        <span class="face" aria-hidden="true">
          {(status.agentName ?? t('agent')).slice(0, 1)}
        </span>
        <span class="bar-words">
          {asking ? t('endConfirm') : t('agentHere', { name: status.agentName ?? t('agent') })}
        </span>
        {asking && (
          <button type="button" class="plain strong" onClick={leave}>
            {t('endYes')}
          </button>
        )}
        <button type="button" class="plain" onClick={() => setAsking(!asking)}>
          {t(asking ? 'endNo' : 'endChat')}
        </button>
      </div>
    )
  }
  // before the first word there is nothing that could have ended
  if (status.state === 'closed' && messages.length > 0) {
    return (
      <div class="bar closed" role="status">
        <span class="bar-words">{t('closed')}</span>
        <button type="button" class="plain" onClick={onAgain}>
          {t('again')}
        </button>
      </div>
    )
  }
  return null
}
