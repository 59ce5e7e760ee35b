import { useEffect, useState } from 'preact/hooks'
import type { CallState, WebCall } from '../call/web-call.ts'
import { callClock } from '../call/call-clock.ts'
import { Icon } from '../view/icons.tsx'
import type { PageProps } from './page-props.ts'

const KEYS = [...'123456789*0#']

/** The call while it lasts: how it stands, mute, keys, hang up. */
export function Talk({ call, t }: { call: WebCall; t: PageProps['t'] }) {
  const { state } = call
  const [pad, setPad] = useState(false)
  const [pressed, setPressed] = useState('')
  const [, tick] = useState(0)
  const talking = state.phase === 'talking'
  useEffect(() => {
    if (!talking) return
    const timer = setInterval(() => tick((count) => count + 1), 1000)
    return () => clearInterval(timer)
  }, [talking])
  const muted = talking && state.muted
  const press = (key: string) => {
    setPressed((before) => (before + key).slice(-12))
    call.keys(key)
  }
  return (
    <section class="talk" aria-label={t('title')}>
      <p class="how" role="status">
        {how(state, t)}
      </p>
      <time>{talking ? callClock(Date.now() - state.sinceMs) : ' '}</time>
      {talking && pad && (
        <div class="pad" role="group" aria-label={t('keys')}>
          <output>{pressed}</output>
          {KEYS.map((key) => (
            <button type="button" onClick={() => press(key)}>
              {key}
            </button>
          ))}
        </div>
      )}
      <div class="buttons">
        <button
          type="button"
          class="round-button"
          disabled={!talking}
          aria-pressed={muted}
          onClick={() => call.mute(!muted)}
        >
          <span>
            <Icon name={muted ? 'micOff' : 'mic'} />
          </span>
          {t(muted ? 'unmute' : 'mute')}
        </button>
        <button type="button" class="round-button end" onClick={call.hangUp}>
          <span>
            <Icon name="hangup" />
          </span>
          {t('hangUp')}
        </button>
        <button
          type="button"
          class="round-button"
          disabled={!talking}
          aria-expanded={pad}
          onClick={() => setPad(!pad)}
        >
          <span>
            <Icon name="keys" />
          </span>
          {t('keys')}
        </button>
      </div>
    </section>
  )
}

function how(state: CallState, t: PageProps['t']): string {
  if (state.phase === 'asking') return t('asking')
  if (state.phase !== 'talking') return t('connecting')
  return t(state.broken ? 'broken' : 'talking')
}
