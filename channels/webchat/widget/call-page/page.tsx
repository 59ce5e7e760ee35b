import { useEffect, useState } from 'preact/hooks'
import type { CallPageAbout } from '../../call-page-protocol.ts'
import type { CallState, WebCall } from '../call/web-call.ts'
import { asLang } from '../i18n.ts'
import { Icon, Mark } from '../view/icons.tsx'
import type { Lang, LocalError } from '../wire.ts'
import { CallMe } from './call-me.tsx'
import { about, Refused } from './link.ts'
import type { PageProps } from './page-props.ts'
import { Talk } from './talk.tsx'
import { words } from './words.ts'

interface Props {
  token: string
  call: WebCall
  /** spoken by the browser, until it is known which one the conversation is in */
  browserLang: Lang
  /** this browser has a microphone for us, as far as can be told */
  capable: boolean
  inWechat: boolean
  /** the link is good: the wire may be opened */
  onGood(lang: Lang): void
}

/** The whole page: who calls whom, the one button, the call, and what to do where it cannot be. */
export function CallPage({ token, call, browserLang, capable, inWechat, onGood }: Props) {
  const [chosen, setChosen] = useState<Lang>()
  const [known, setKnown] = useState<CallPageAbout>()
  const [wrong, setWrong] = useState<LocalError | 'offline'>()
  const [, changed] = useState(0)
  const lang = chosen ?? asLang(known?.lang) ?? browserLang
  const t: PageProps['t'] = (word, values = {}) =>
    words[lang][word].replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole)

  useEffect(() => call.subscribe(() => changed((count) => count + 1)), [])
  useEffect(() => {
    about(token).then(
      (answer) => {
        setKnown(answer)
        onGood(asLang(answer.lang) ?? browserLang)
      },
      (error: unknown) => setWrong(error instanceof Refused ? error.told : 'offline'),
    )
  }, [])
  useEffect(() => {
    document.documentElement.lang = lang
    document.title = t('title')
  }, [lang])

  const { state } = call
  const refusal = state.phase === 'over' && state.error
  const gone = wrong ?? (refusal && isOver(refusal) ? refusal : undefined)
  const props: PageProps = { token, lang, t }
  return (
    <div class="call-page">
      <header>
        <Mark />
        <strong>{known?.house[lang] ?? t('title')}</strong>
        <button
          type="button"
          class="lang"
          onClick={() => setChosen(lang === 'en' ? 'zh-CN' : 'en')}
        >
          {t('lang')}
        </button>
      </header>
      <main>
        {gone ? (
          <section class="gone" role="alert">
            <Icon name="clock" />
            <h1>{t('gone')}</h1>
            <p>{gone === 'offline' ? t('offline') : gone[lang === 'en' ? 'en' : 'zh']}</p>
          </section>
        ) : !known ? (
          <p role="status">{t('loading')}</p>
        ) : (
          <>
            <h1>{known.agentName ? t('withAgent', { name: known.agentName }) : t('withHouse')}</h1>
            {call.running ? (
              <Talk call={call} t={t} />
            ) : (
              <>
                <Told state={state} lang={lang} t={t} />
                {capable ? (
                  <>
                    <button type="button" class="start" onClick={() => void call.start()}>
                      <Icon name="phone" />
                      {t(startWord(state))}
                    </button>
                    {state.phase === 'idle' && <p class="hint">{t('microphone')}</p>}
                  </>
                ) : (
                  <Incapable inWechat={inWechat} t={t} />
                )}
                <CallMe {...props} open={!capable} />
              </>
            )}
          </>
        )}
      </main>
    </div>
  )
}

/** Said before the button: what this is, or how the call ended. */
function Told({ state, lang, t }: Pick<PageProps, 'lang' | 't'> & { state: CallState }) {
  if (state.phase !== 'over') return <p class="hint">{t('same')}</p>
  if (state.why === 'hungUp')
    return (
      <p class="ended" role="status">
        <b>{t('over')}</b> {t('back')}
      </p>
    )
  const why = { Refused: 'refused', None: 'none', Insecure: 'cannot' } as const
  const told = state.error
    ? state.error[lang === 'en' ? 'en' : 'zh']
    : t(state.why === 'fault' || state.why === 'refused' ? 'failed' : why[state.why])
  return (
    <p class="wrong" role="alert">
      {told}
    </p>
  )
}

function Incapable({ inWechat, t }: Pick<PageProps, 't'> & { inWechat: boolean }) {
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard?.writeText(location.href).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <section class="cannot">
      <p>
        <b>{t('cannot')}</b> {t(inWechat ? 'inWechat' : 'elsewhere')}
      </p>
      {'clipboard' in navigator && (
        <button type="button" onClick={() => void copy()}>
          {t(copied ? 'copied' : 'copy')}
        </button>
      )}
    </section>
  )
}

function startWord(state: CallState): 'start' | 'again' | 'retry' {
  if (state.phase !== 'over') return 'start'
  return state.why === 'hungUp' ? 'again' : 'retry'
}

const isOver = (error: LocalError): boolean =>
  /^CALL_LINK_/.test((error as { code?: string }).code ?? '')
