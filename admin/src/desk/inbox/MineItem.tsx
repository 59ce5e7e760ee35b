import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useDeskState } from '../useDesk.ts'
import { Item } from './Item.tsx'
import { unread } from './sections.ts'

/** A conversation I serve: what is unread, whether the visitor writes, what I have not sent. */
export function MineItem({ card, chosen }: { card: ConversationCard; chosen: boolean }) {
  const t = useT('desk')
  const format = useFormat()
  const count = useDeskState((state) => unread(state, card.id))
  const typing = useDeskState((state) => state.typing[card.id])
  const compose = useDeskState((state) => state.compose[card.id])
  const refused = compose?.pending.some((item) => item.state === 'refused')

  return (
    <Item
      card={card}
      chosen={chosen}
      tone={count > 0 ? 'unread' : 'mine'}
      corner={
        count > 0 ? (
          <span className="item-unread" role="img" aria-label={t('inbox.unread', { count })}>
            {count > 99 ? '99+' : count}
          </span>
        ) : (
          format.time(card.lastActivityAtMs)
        )
      }
      preview={
        typing ? (
          <span className="item-typing">{t('inbox.typing')}</span>
        ) : refused ? (
          <span className="item-unsent">{t('inbox.unsent')}</span>
        ) : compose?.draft && !chosen ? (
          <>
            <span className="item-draft">{t('inbox.draft')}</span> {compose.draft}
          </>
        ) : undefined
      }
    />
  )
}
