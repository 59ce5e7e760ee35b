import { useRoom } from './context.ts'
import { Icon } from './icons.tsx'

/** What went wrong, in the visitor's language; and that the network is gone. */
export function Notices() {
  const { chat, t, tell } = useRoom()
  const { notice, link } = chat.state
  return (
    <>
      {link === 'offline' && (
        <div class="bar offline" role="status">
          <Icon name="alert" />
          <span class="bar-words">{t('offline')}</span>
          <button type="button" class="plain" onClick={chat.wake}>
            {t('retryNow')}
          </button>
        </div>
      )}
      {notice && (
        <div class="bar wrong" role="alert">
          <Icon name="alert" />
          <span class="bar-words">{tell(notice.error)}</span>
          <button type="button" class="plain" onClick={chat.dismissNotice}>
            {t('dismiss')}
          </button>
        </div>
      )}
    </>
  )
}
