import { RollbackOutlined, SwapRightOutlined, TeamOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { CallCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useSession } from '../../session/useSession.ts'
import { consulted } from './parties.ts'
import { usePhoneActions } from './usePhoneActions.ts'

/** While a third party is asked: the three ways on. */
export function ConsultBar({ call }: { call: CallCard }) {
  const t = useT('desk')
  const { me } = useSession()
  const { consultEnd, busy } = usePhoneActions()
  const party = consulted(call, me.id)
  if (!party) return null
  const ringing = party.state === 'ringing'
  const end = (how: 'back' | 'conference' | 'transfer') => void consultEnd(call.conversationId, how)
  return (
    <div className="callbar-row callbar-consult" role="group" aria-label={t('phone.consult.label')}>
      <p role="status">
        {t(`phone.consult.${ringing ? 'ringing' : 'talking'}`, {
          name: party.name || party.number,
        })}
      </p>
      <Button icon={<RollbackOutlined aria-hidden />} disabled={busy} onClick={() => end('back')}>
        {t('phone.consult.back')}
      </Button>
      <Button
        icon={<TeamOutlined aria-hidden />}
        disabled={busy || ringing}
        onClick={() => end('conference')}
      >
        {t('phone.consult.conference')}
      </Button>
      <Button
        type="primary"
        icon={<SwapRightOutlined aria-hidden />}
        disabled={busy}
        onClick={() => end('transfer')}
      >
        {t('phone.consult.transfer')}
      </Button>
    </div>
  )
}
