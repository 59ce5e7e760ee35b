import {
  AudioMutedOutlined,
  AudioOutlined,
  PauseCircleOutlined,
  PauseOutlined,
  PhoneFilled,
  PlayCircleOutlined,
  SoundOutlined,
  StopOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { CallCard, ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useSession } from '../../session/useSession.ts'
import { useDialog } from '../actions/useDialog.ts'
import { KeypadButton } from './KeypadButton.tsx'
import { ParkButton } from './ParkButton.tsx'
import { contactOf, partyOf } from './parties.ts'
import { usePhone, usePhoneState } from './usePhone.ts'
import { usePhoneActions } from './usePhoneActions.ts'

/** What I can do with my call. The ids are where the keyboard shortcuts press. */
export function CallControls({ card, call }: { card: ConversationCard; call: CallCard }) {
  const t = useT('desk')
  const { me } = useSession()
  const { softphone } = usePhone()
  const muted = usePhoneState(() => softphone.isMuted(card.id))
  const { show } = useDialog()
  const actions = usePhoneActions()
  const mine = partyOf(call, me.id)
  const talking = call.phase === 'talking'
  const ringing = mine?.state === 'ringing' && mine.device === 'telephone' && mine.number
  const reachable = contactOf(call)?.state !== 'gone'
  return (
    <div className="callbar-row callbar-keys" role="toolbar" aria-label={t('phone.bar')}>
      {ringing && <span role="status">{t('phone.ringsOn', { number: ringing })}</span>}
      {talking && (
        <>
          <Button
            id="call-mute"
            aria-pressed={muted}
            danger={muted}
            icon={muted ? <AudioMutedOutlined aria-hidden /> : <AudioOutlined aria-hidden />}
            onClick={() => void actions.mute(card.id, !muted)}
          >
            {t(muted ? 'phone.unmute' : 'phone.mute')}
          </Button>
          <Button
            id="call-hold"
            aria-pressed={call.held}
            type={call.held ? 'primary' : 'default'}
            icon={<PauseOutlined aria-hidden />}
            disabled={actions.busy}
            onClick={() => void actions.hold(card.id, !call.held)}
          >
            {t(call.held ? 'phone.retrieve' : 'phone.hold')}
          </Button>
          <KeypadButton conversationId={card.id} />
          <Button
            icon={<SwapOutlined aria-hidden />}
            disabled={actions.busy || !reachable}
            onClick={() => show('passOn')}
          >
            {t('phone.pass')}
          </Button>
          <ParkButton card={card} />
          {call.playing ? (
            <Button
              icon={<StopOutlined aria-hidden />}
              onClick={() => void actions.playStop(card.id)}
            >
              {t('phone.playStop')}
            </Button>
          ) : (
            <Button icon={<SoundOutlined aria-hidden />} onClick={() => show('playTo')}>
              {t('phone.play')}
            </Button>
          )}
          {call.recording !== 'off' && (
            <Button
              icon={
                call.recording === 'on' ? (
                  <PauseCircleOutlined aria-hidden />
                ) : (
                  <PlayCircleOutlined aria-hidden />
                )
              }
              disabled={actions.busy}
              onClick={() => void actions.pauseRecording(card.id, call.recording === 'on')}
            >
              {t(call.recording === 'on' ? 'phone.pauseRecording' : 'phone.resumeRecording')}
            </Button>
          )}
        </>
      )}
      <Button
        id="call-hangup"
        type="primary"
        danger
        className="call-hangup"
        icon={<PhoneFilled rotate={135} aria-hidden />}
        onClick={() => void actions.hangUp(card.id)}
      >
        {t('phone.hangUp')}
      </Button>
    </div>
  )
}
