import { useState } from 'react'
import type { ConversationCard } from '../../../gateway/desk/protocol.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { useFormat } from '../i18n/useFormat.ts'
import { Load } from '../records/Load.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { Time } from '../records/Time.tsx'
import { useItems } from '../records/useItems.ts'
import { useLabels } from '../records/useLabels.ts'
import { ConversationDrawer } from './ConversationDrawer.tsx'

/** Every conversation of a contact over all channels, newest first. */
export function PastConversations({ contactId }: { contactId: string }) {
  const t = useT('contacts')
  const labels = useLabels()
  const { dateTime } = useFormat()
  const [openId, open] = useState<string>()
  const conversations = useItems<ConversationCard>('/conversations', { contactId, limit: 100 })
  return (
    <Load of={conversations}>
      {(cards) => (
        <>
          {cards.length === 0 && <p className="quiet">{t('noConversations')}</p>}
          <ol className="past">
            {cards.map((card) => (
              <li key={card.id} className="past-line">
                <OpenCell onOpen={() => open(card.id)}>
                  <span aria-hidden>{labels.channel(card.channel)}</span>
                  <span className="seen-by-readers">
                    {t('readConversation', {
                      channel: labels.channel(card.channel),
                      at: dateTime(card.openedAtMs),
                    })}
                  </span>
                </OpenCell>
                <span className="past-words">{card.preview || '—'}</span>
                <span className="quiet">
                  <Mark>{t(`states.${card.state}`)}</Mark> <Time atMs={card.openedAtMs} />
                </span>
              </li>
            ))}
          </ol>
          {openId && <ConversationDrawer id={openId} onClose={() => open(undefined)} />}
        </>
      )}
    </Load>
  )
}
