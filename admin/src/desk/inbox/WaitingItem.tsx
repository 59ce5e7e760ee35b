import { Button } from 'antd'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useDeskActions } from '../actions/useDeskActions.ts'
import { clock } from '../duration.ts'
import { useDeskState } from '../useDesk.ts'
import { useNames } from '../useNames.ts'
import { Item } from './Item.tsx'
import { pressure } from './sections.ts'

interface Props {
  card: ConversationCard
  nowMs: number
  chosen: boolean
}

/** Somebody in a queue; the colour says how long, by the queue's own thresholds. */
export function WaitingItem({ card, nowMs, chosen }: Props) {
  const t = useT('desk')
  const names = useNames()
  const queue = useDeskState((state) => state.queues.find((one) => one.id === card.queueId))
  const { take, busy } = useDeskActions()
  const waitedMs = nowMs - (card.enqueuedAtMs ?? nowMs)
  const how = pressure(waitedMs, queue)
  return (
    <Item
      card={card}
      chosen={chosen}
      tone={how}
      corner={
        <span className={`wait wait-${how}`} title={t(`inbox.pressure.${how}`)}>
          <span className="seen-by-readers">{t('inbox.waited', { time: '' })}</span>
          {clock(waitedMs)}
          {how !== 'calm' && <span className="seen-by-readers">{t(`inbox.pressure.${how}`)}</span>}
        </span>
      }
      preview={
        <>
          <span className="item-queue">
            {card.queueId && names.queue(card.queueId)}
            {card.offer && ` · ${t('inbox.offeredTo', { name: names.agent(card.offer.agentId) })}`}
          </span>{' '}
          {card.preview}
        </>
      }
      actions={
        chosen && (
          <Button size="small" loading={busy} onClick={() => void take(card)}>
            {t('action.take')}
          </Button>
        )
      }
    />
  )
}
