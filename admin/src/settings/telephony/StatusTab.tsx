import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '../../i18n/index.ts'
import { Load } from '../../records/Load.tsx'
import { Mark } from '../../records/Mark.tsx'
import { Bindings } from './Bindings.tsx'
import { Listeners } from './Listeners.tsx'
import { MediaLoad } from './MediaLoad.tsx'
import { Registrations } from './Registrations.tsx'
import { SpeechState } from './SpeechState.tsx'
import { useStatus } from './useStatus.ts'

/** Telephony at this moment: what listens, who is registered, how busy, and what can be spoken and understood. */
export function StatusTab() {
  const t = useT('settings')
  const status = useStatus()
  const part = (title: string, content: ReactNode) => (
    <section className="status-part">
      <h3>{t(`telephony.status.${title}`)}</h3>
      {content}
    </section>
  )
  return (
    <Load of={status}>
      {(now) => (
        <>
          <div role="status" className="status-head">
            {now.running ? (
              <>
                <Mark tone="green">{t('telephony.status.running')}</Mark>
                <span className="quiet">{t('telephony.status.hint')}</span>
              </>
            ) : (
              <Alert
                type="warning"
                showIcon
                title={t('telephony.status.off')}
                description={
                  <>
                    {t('telephony.status.offHint')}
                    {now.fault && <div className="quiet">{now.fault}</div>}
                  </>
                }
              />
            )}
          </div>
          <div className="status-parts">
            {part('listeners', <Listeners status={now} />)}
            {part('workers', <MediaLoad workers={now.workers} />)}
            {part('registrations', <Registrations registrations={now.registrations} />)}
            {part('bindings', <Bindings bindings={now.bindings} />)}
            <SpeechState tts={now.tts} asr={now.asr} />
          </div>
        </>
      )}
    </Load>
  )
}
