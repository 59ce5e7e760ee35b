import { AudioMutedOutlined, AudioOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { CallCard, PartyCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { usePhone, usePhoneState } from './usePhone.ts'
import { usePhoneActions } from './usePhoneActions.ts'

/** I was asked into a colleague's call and am in it: be silent, or leave. */
export function GuestControls({ call, party }: { call: CallCard; party: PartyCard }) {
  const t = useT('desk')
  const { softphone } = usePhone()
  const { conversationId } = call
  const muted = usePhoneState(() => softphone.isMuted(conversationId))
  const { mute, drop, busy } = usePhoneActions()
  return (
    <div className="callbar-row callbar-controls" role="toolbar" aria-label={t('phone.bar')}>
      <Button
        id="call-mute"
        aria-pressed={muted}
        danger={muted}
        icon={muted ? <AudioMutedOutlined aria-hidden /> : <AudioOutlined aria-hidden />}
        onClick={() => void mute(conversationId, !muted)}
      >
        {t(muted ? 'phone.unmute' : 'phone.mute')}
      </Button>
      <Button disabled={busy} onClick={() => void drop(conversationId, party.id)}>
        {t('phone.join.leave')}
      </Button>
    </div>
  )
}
