import type { TelephonyStatusView } from '../../../../gateway/telephony/schema.ts'
import { useLang, useT } from '../../i18n/index.ts'
import { CopyButton } from '../../records/CopyButton.tsx'
import { Mark } from '../../records/Mark.tsx'
import type { Tone } from '../../records/Mark.tsx'
import { useLabels } from '../../records/useLabels.ts'

type Props = Pick<TelephonyStatusView, 'tts' | 'asr'>

const spoken: Record<string, Tone> = { ok: 'green', resting: 'amber', off: 'plain' }
const understood: Record<string, Tone> = {
  ready: 'green',
  starting: 'blue',
  restarting: 'amber',
  failed: 'red',
}

/** What can be said and understood; where nothing is, the command that installs it. */
export function SpeechState({ tts, asr }: Props) {
  const t = useT('settings')
  const labels = useLabels()
  const install = `npm run models -- add ${useLang() === 'en' ? 'en' : 'zh'}`
  return (
    <>
      <section className="status-part">
        <h3>{t('telephony.status.speech')}</h3>
        {tts.length === 0 && <p className="quiet">{t('telephony.status.noSpeech')}</p>}
        <ul className="status-list">
          {tts.map(({ id, state, lastError }) => (
            <li key={id}>
              {id}{' '}
              <Mark tone={spoken[state] ?? 'plain'}>
                {t(`telephony.status.speechStates.${state}`)}
              </Mark>
              {lastError && <div className="quiet">{lastError}</div>}
            </li>
          ))}
        </ul>
      </section>
      <section className="status-part">
        <h3>{t('telephony.status.recognition')}</h3>
        <ul className="status-list">
          {asr.models.map(({ locale, state, error }) => (
            <li key={locale}>
              {labels.lang(locale)}{' '}
              <Mark tone={understood[state] ?? 'plain'}>
                {t(`telephony.status.modelStates.${state}`)}
              </Mark>
              {error && <div className="quiet">{error}</div>}
            </li>
          ))}
        </ul>
        {asr.models.length === 0 ? (
          <>
            <p>{t('telephony.status.noModels')}</p>
            <pre className="code">{install}</pre>
            <div className="part-foot">
              <CopyButton text={install} />
            </div>
          </>
        ) : (
          <p className="quiet">{t('telephony.status.streams', { count: asr.streams })}</p>
        )}
      </section>
    </>
  )
}
