import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { countdown } from '../duration.ts'
import { Item } from './Item.tsx'

interface Props {
  card: ConversationCard
  nowMs: number
  chosen: boolean
}

export function WrapUpItem({ card, nowMs, chosen }: Props) {
  const t = useT('desk')
  const time = countdown(card.wrapUp?.endsAtMs ?? 0, nowMs)
  return (
    <Item
      card={card}
      chosen={chosen}
      tone="wrapUp"
      corner={<span className="clock">{t('inbox.wrapLeft', { time })}</span>}
    />
  )
}
