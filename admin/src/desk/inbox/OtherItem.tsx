import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useNames } from '../useNames.ts'
import { Item } from './Item.tsx'

/** With the bot or a colleague; a team leader may look and take over. */
export function OtherItem({ card, chosen }: { card: ConversationCard; chosen: boolean }) {
  const t = useT('desk')
  const names = useNames()
  const format = useFormat()
  const who = card.agentId
    ? t('inbox.servedBy', { name: names.agent(card.agentId) })
    : card.state === 'bot'
      ? t('inbox.withBot')
      : t(`conversationState.${card.state}`)
  return (
    <Item
      card={card}
      chosen={chosen}
      corner={format.time(card.lastActivityAtMs)}
      preview={
        <>
          <span className="item-queue">{who}</span> {card.preview}
        </>
      }
    />
  )
}
