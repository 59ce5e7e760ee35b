import { useEffect, useRef, useState } from 'preact/hooks'
import type { RefObject } from 'preact'
import { ACCEPT } from '../file-check.ts'
import { localError } from '../i18n.ts'
import { useRoom } from './context.ts'
import { Icon } from './icons.tsx'

const WARN_WITHIN_CHARS = 200

export interface ComposerProps {
  input: RefObject<HTMLTextAreaElement | null>
  onFiles(files: Iterable<File>): void
}

export function Composer({ input, onFiles }: ComposerProps) {
  const { chat, t } = useRoom()
  const [text, setText] = useState('')
  const picker = useRef<HTMLInputElement>(null)
  const max = chat.state.maxTextChars
  const left = max - text.length
  const empty = text.trim() === ''

  useEffect(() => {
    // grows with its words; height through CSSOM, which the CSP allows
    const element = input.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight, 120)}px`
  }, [text])

  const send = () => {
    if (empty) return
    chat.say({ type: 'text', text: text.trim() })
    setText('')
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // while an input method composes 汉字, Enter picks a word
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229)
      return
    event.preventDefault()
    send()
  }
  const onInput = (value: string) => {
    setText(value)
    if (value.trim() === '') chat.typing.stopped()
    else chat.typing.keyPressed()
  }
  const onPaste = (event: ClipboardEvent) => {
    const files = event.clipboardData?.files
    if (!files?.length) return
    event.preventDefault()
    onFiles(files)
  }
  const onPicked = (element: HTMLInputElement) => {
    onFiles([...(element.files ?? [])])
    element.value = '' // the same file may be picked again
  }

  return (
    <form
      class="composer"
      aria-label={t('input')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <input
        ref={picker}
        type="file"
        class="unseen"
        tabIndex={-1}
        aria-hidden="true"
        multiple
        accept={ACCEPT}
        onChange={(event) => onPicked(event.currentTarget)}
      />
      <button
        type="button"
        class="round tool"
        aria-label={t('attach')}
        title={t('attach')}
        onClick={() => picker.current?.click()}
      >
        <Icon name="clip" />
      </button>
      {'geolocation' in navigator && isSecureContext && <ShareLocation />}
      <textarea
        ref={input}
        rows={1}
        maxLength={max}
        value={text}
        aria-label={t('input')}
        placeholder={t('placeholder')}
        enterkeyhint="send"
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      {left <= WARN_WITHIN_CHARS && (
        <span class="left" role="status">
          {t('tooLong', { count: left })}
        </span>
      )}
      <button type="submit" class="send" aria-label={t('send')} title={t('send')} disabled={empty}>
        <Icon name="send" />
      </button>
    </form>
  )
}

function ShareLocation() {
  const { chat, t } = useRoom()
  const [busy, setBusy] = useState(false)
  const share = () => {
    setBusy(true)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setBusy(false)
        chat.say({ type: 'location', lat: coords.latitude, lng: coords.longitude })
      },
      () => {
        setBusy(false)
        chat.notice(localError('locationFailed'))
      },
      { enableHighAccuracy: true, timeout: 15_000 },
    )
  }
  return (
    <button
      type="button"
      class="round tool"
      aria-label={t('location')}
      title={t('location')}
      disabled={busy}
      onClick={share}
    >
      <Icon name="pin" />
    </button>
  )
}
