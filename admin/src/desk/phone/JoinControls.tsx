import { PhoneFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { CallCard, PartyCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { usePhoneActions } from './usePhoneActions.ts'

/** A colleague asks me into their call: in the browser I answer here, on a telephone there. */
export function JoinControls({ call, party }: { call: CallCard; party: PartyCard }) {
  const t = useT('desk')
  const { join, drop, busy } = usePhoneActions()
  const host = call.parties.find(({ kind, id }) => kind === 'agent' && id !== party.id)
  return (
    <div className="callbar-row callbar-offer" role="alert">
      <p>
        <b>{t('phone.join.asked', { name: host?.name ?? t('someAgent') })}</b>
        {party.device === 'telephone' && party.number && (
          <span>{t('phone.ringsOn', { number: party.number })}</span>
        )}
      </p>
      {party.device === 'browser' && (
        <Button
          type="primary"
          className="call-answer"
          icon={<PhoneFilled aria-hidden />}
          onClick={() => join(call.conversationId)}
        >
          {t('phone.join.answer')}
        </Button>
      )}
      <Button disabled={busy} onClick={() => void drop(call.conversationId, party.id)}>
        {t('phone.join.decline')}
      </Button>
    </div>
  )
}
