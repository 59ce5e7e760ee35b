import { useEffect, useState } from 'preact/hooks'
import { callClock } from '../call/call-clock.ts'
import { useRoom } from './context.ts'
import { Icon } from './icons.tsx'

const KEYS = [...'123456789*0#']

/** The call while it lasts, and why it ended. */
export function CallBar() {
  const { call, t, tell } = useRoom()
  const { state } = call
  const [pad, setPad] = useState(false)
  const [pressed, setPressed] = useState('')
  const [, tick] = useState(0)
  const talking = state.phase === 'talking'
  useEffect(() => {
    if (!talking) return setPad(false)
    const timer = setInterval(() => tick((count) => count + 1), 1000)
    return () => clearInterval(timer)
  }, [talking])

  if (state.phase === 'idle') return null
  if (state.phase === 'over') {
    const { why, error } = state
    const ended = why === 'hungUp'
    const words = error
      ? tell(error)
      : t(
          why === 'hungUp'
            ? 'callOver'
            : why === 'fault' || why === 'refused'
              ? 'callFailed'
              : `mic${why}`,
        )
    return (
      <div class={`bar ${ended ? 'closed' : 'wrong'}`} role={ended ? 'status' : 'alert'}>
        <Icon name={ended ? 'phone' : 'alert'} />
        <span class="bar-words">{words}</span>
        {!ended && (
          <button type="button" class="plain" onClick={() => void call.start()}>
            {t('retry')}
          </button>
        )}
        <button type="button" class="plain" onClick={call.dismiss}>
          {t('dismiss')}
        </button>
      </div>
    )
  }

  const press = (key: string) => {
    setPressed((before) => (before + key).slice(-12))
    call.keys(key)
  }
  return (
    <section class="call" aria-label={t('call')}>
      <div class="bar agent">
        <Icon name="phone" />
        <span class="bar-words" role="status">
          {state.phase === 'talking'
            ? t(state.broken ? 'callBroken' : 'callOn')
            : t(state.phase === 'asking' ? 'callAsking' : 'callConnecting')}
        </span>
        {state.phase === 'talking' && (
          <>
            <time>{callClock(Date.now() - state.sinceMs)}</time>
            <button
              type="button"
              class={`round ${state.muted ? 'pressed' : ''}`}
              aria-pressed={state.muted}
              aria-label={t('callMute')}
              title={t('callMute')}
              onClick={() => call.mute(!state.muted)}
            >
              <Icon name={state.muted ? 'micOff' : 'mic'} />
            </button>
            <button
              type="button"
              class="round"
              aria-expanded={pad}
              aria-label={t('callKeys')}
              title={t('callKeys')}
              onClick={() => setPad(!pad)}
            >
              <Icon name="keys" />
            </button>
          </>
        )}
        <button
          type="button"
          class="round hangup"
          aria-label={t('callEnd')}
          title={t('callEnd')}
          onClick={call.hangUp}
        >
          <Icon name="hangup" />
        </button>
      </div>
      {pad && (
        <div class="pad" role="group" aria-label={t('callKeys')}>
          <output>{pressed}</output>
          {KEYS.map((key) => (
            <button type="button" onClick={() => press(key)}>
              {key}
            </button>
          ))}
        </div>
      )}
    </section>
  )
}
