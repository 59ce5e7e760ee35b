import { PauseCircleFilled, PhoneFilled, SoundFilled } from '@ant-design/icons'
import type { CallCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { clock } from '../duration.ts'
import { useServerNow } from '../useServerNow.ts'
import { isLive } from './parties.ts'

/** Phase, running time, number, recording: one line to glance at. */
export function CallStatus({ call, ringing }: { call: CallCard; ringing: boolean }) {
  const t = useT('desk')
  const nowMs = useServerNow()
  const live = isLive(call)
  const sinceMs = call.answeredAtMs ?? call.startedAtMs
  const words =
    live && call.held
      ? t('phone.held')
      : live && ringing
        ? t('phone.ringing')
        : t(`phone.phase.${call.phase}`)
  const failed = call.outcome && call.outcome !== 'answered'
  return (
    <div className="callstatus">
      <span className="callstatus-phase">
        {call.held && live ? <PauseCircleFilled aria-hidden /> : <PhoneFilled aria-hidden />}{' '}
        <strong>{words}</strong>
      </span>
      {live ? (
        <span className="clock">{clock(nowMs - sinceMs)}</span>
      ) : (
        call.answeredAtMs && (
          <span className="clock">
            {t('phone.duration', { time: clock((call.endedAtMs ?? nowMs) - call.answeredAtMs) })}
          </span>
        )
      )}
      {failed && <span className="callstatus-outcome">{t(`phone.outcome.${call.outcome}`)}</span>}
      <span className="callstatus-number">
        {t(`phone.direction.${call.number ? call.direction : 'web'}`)}{' '}
        {call.number && <b>{call.number}</b>}
        {call.ourNumber && (
          <span className="quiet">
            {' · '}
            {t(call.direction === 'in' ? 'phone.called' : 'phone.shown', {
              number: call.ourNumber,
            })}
          </span>
        )}
      </span>
      {live && call.phase !== 'dialling' && (
        <span className={`recording recording-${call.recording}`} role="status">
          <i aria-hidden /> {t(`phone.recording.${call.recording}`)}
        </span>
      )}
      {live && call.playing && (
        <span className="callstatus-playing" role="status">
          <SoundFilled aria-hidden /> {t('phone.playing')}
        </span>
      )}
    </div>
  )
}
