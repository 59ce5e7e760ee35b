import { PhoneOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { CallCard, ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { usePhoneActions } from './usePhoneActions.ts'

/** The call is over, the conversation is still mine: call the same number again. */
export function EndedControls({ card, call }: { card: ConversationCard; call: CallCard }) {
  const t = useT('desk')
  const { dial, busy } = usePhoneActions()
  const { number } = call
  if (!number || !/^\+?[0-9*#]{2,24}$/.test(number)) return null
  return (
    <div className="callbar-row callbar-controls">
      <Button
        icon={<PhoneOutlined aria-hidden />}
        loading={busy}
        onClick={() => void dial(number, { conversationId: card.id })}
      >
        {t('phone.callBack')} {number}
      </Button>
    </div>
  )
}
