import { mayCall } from '../call/browser-call.ts'
import { useRoom } from './context.ts'
import { Icon, Mark } from './icons.tsx'

export interface HeaderProps {
  title: string
  sound: boolean
  onSound(): void
  onLang(): void
  /** absent when the chat fills its own browser tab */
  onClose?: () => void
}

export function Header({ title, sound, onSound, onLang, onClose }: HeaderProps) {
  const { call, chat, t } = useRoom()
  const { calls, link } = chat.state
  return (
    <header class="header">
      <Mark />
      <div class="header-words">
        <h1 tabIndex={-1}>{title}</h1>
        <p class={`link ${link}`}>{t(link === 'offline' ? 'connecting' : link)}</p>
      </div>
      {calls && mayCall() && (
        <button
          type="button"
          class="round"
          disabled={call.running || link !== 'online'}
          onClick={() => void call.start()}
          aria-label={t('callStart')}
          title={t('callStart')}
        >
          <Icon name="phone" />
        </button>
      )}
      <button
        type="button"
        class="round text"
        onClick={onLang}
        aria-label={t('switchLang')}
        title={t('switchLang')}
      >
        {t('switchLangShort')}
      </button>
      <button
        type="button"
        class="round"
        onClick={onSound}
        aria-label={t(sound ? 'soundOff' : 'soundOn')}
        title={t(sound ? 'soundOff' : 'soundOn')}
      >
        <Icon name={sound ? 'sound' : 'mute'} />
      </button>
      {onClose && (
        <button
          type="button"
          class="round"
          onClick={onClose}
          aria-label={t('close')}
          title={t('close')}
        >
          <Icon name="close" />
        </button>
      )}
    </header>
  )
}
