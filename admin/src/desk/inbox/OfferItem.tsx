import { Button } from 'antd'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useDeskActions } from '../actions/useDeskActions.ts'
import { countdown } from '../duration.ts'
import { isLive } from '../phone/parties.ts'
import { useDeskState } from '../useDesk.ts'
import { Item } from './Item.tsx'

interface Props {
  card: ConversationCard
  nowMs: number
  chosen: boolean
}

/** A conversation held out to me: take it or let it go on before the time is up. */
export function OfferItem({ card, nowMs, chosen }: Props) {
  const t = useT('desk')
  const { accept, decline, busy } = useDeskActions()
  const onCall = useDeskState((state) => isLive(state.calls[card.id]))
  if (!card.offer) return null
  const rings = card.channel === 'voice' || onCall
  const time = countdown(card.offer.expiresAtMs, nowMs)
  return (
    <Item
      card={card}
      chosen={chosen}
      tone="offered"
      corner={<span className="clock">{time}</span>}
      actions={
        <>
          <Button type="primary" loading={busy} onClick={() => void accept(card)}>
            {t(rings ? 'phone.answer' : 'inbox.accept')}
          </Button>
          <Button disabled={busy} onClick={() => void decline(card)}>
            {t('inbox.decline')}
          </Button>
          <span className="item-expires">{t('inbox.expires', { time })}</span>
        </>
      }
    />
  )
}
