import { PhoneOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { CallCard, ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useDeskActions } from '../actions/useDeskActions.ts'
import { usePhoneActions } from './usePhoneActions.ts'

/** The call is over: the same number once more, in the same conversation. */
export function EndedControls({ card, call }: { card: ConversationCard; call: CallCard }) {
  const t = useT('desk')
  const { take } = useDeskActions()
  const { dial, busy } = usePhoneActions()
  const { number } = call
  if (!number || !/^\+?[0-9*#]{2,24}$/.test(number)) return null
  const again = async () => {
    // written up already: it has to be mine again before one can call in it
    if (card.state !== 'agent' && !(await take(card))) return
    await dial(number, { conversationId: card.id })
  }
  return (
    <div className="callbar-row callbar-controls">
      <Button icon={<PhoneOutlined aria-hidden />} loading={busy} onClick={() => void again()}>
        {t('phone.callBack')} {number}
      </Button>
    </div>
  )
}
