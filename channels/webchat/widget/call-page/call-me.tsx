import { useState } from 'preact/hooks'
import { callMe, Refused } from './link.ts'
import type { PageProps } from './page-props.ts'

/** The other way: a number to be called on. */
export function CallMe({ token, lang, t, open = false }: PageProps & { open?: boolean }) {
  const [number, setNumber] = useState('')
  const [busy, setBusy] = useState(false)
  const [noted, setNoted] = useState('')
  const [wrong, setWrong] = useState('')

  async function send(event: Event) {
    event.preventDefault()
    setBusy(true)
    setWrong('')
    try {
      setNoted((await callMe(token, number, lang)).number)
    } catch (error) {
      const told = error instanceof Refused && error.told
      setWrong(told ? told[lang === 'en' ? 'en' : 'zh'] : t('offline'))
    } finally {
      setBusy(false)
    }
  }
  if (noted)
    return (
      <p class="noted" role="status">
        {t('willCall', { number: noted })}
      </p>
    )
  return (
    <details class="call-me" open={open}>
      <summary>{t('callMe')}</summary>
      <form onSubmit={(event) => void send(event)}>
        <label for="number">{t('callMeHint')}</label>
        <div class="row">
          <input
            id="number"
            type="tel"
            autocomplete="tel"
            required
            maxLength={24}
            placeholder={t('number')}
            value={number}
            aria-invalid={wrong !== ''}
            onInput={({ currentTarget }) => setNumber(currentTarget.value)}
          />
          <button type="submit" disabled={busy}>
            {t('send')}
          </button>
        </div>
        {wrong && (
          <p class="wrong" role="alert">
            {wrong}
          </p>
        )}
      </form>
    </details>
  )
}
