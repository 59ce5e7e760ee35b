import { useMemo, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { useSession } from '../../session/useSession.ts'
import { useDeskState } from '../useDesk.ts'
import { useServerNow } from '../useServerNow.ts'
import { MineItem } from './MineItem.tsx'
import { OfferItem } from './OfferItem.tsx'
import { OtherItem } from './OtherItem.tsx'
import { Section } from './Section.tsx'
import { WaitingItem } from './WaitingItem.tsx'
import { WrapUpItem } from './WrapUpItem.tsx'
import { sections } from './sections.ts'
import './inbox.css'

/** Everything this agent may see, the most pressing first. */
export function Inbox({ chosen }: { chosen: string | undefined }) {
  const t = useT('desk')
  const { me } = useSession()
  const cards = useDeskState((state) => state.cards)
  const nowMs = useServerNow()
  const all = useMemo(() => sections(cards, me.id), [cards, me.id])
  const [othersOpen, setOthersOpen] = useState(false)

  return (
    <nav className="inbox" aria-label={t('inbox.title')}>
      {all.offered.length > 0 && (
        <Section title={t('inbox.offered')} count={all.offered.length} tone="offered">
          {all.offered.map((card) => (
            <OfferItem key={card.id} card={card} nowMs={nowMs} chosen={card.id === chosen} />
          ))}
        </Section>
      )}
      <Section title={t('inbox.mine')} count={all.mine.length}>
        {all.mine.map((card) => (
          <MineItem key={card.id} card={card} chosen={card.id === chosen} />
        ))}
      </Section>
      {all.wrapUp.length > 0 && (
        <Section title={t('inbox.wrapUp')} count={all.wrapUp.length} tone="wrapUp">
          {all.wrapUp.map((card) => (
            <WrapUpItem key={card.id} card={card} nowMs={nowMs} chosen={card.id === chosen} />
          ))}
        </Section>
      )}
      <Section title={t('inbox.waiting')} count={all.waiting.length} empty={t('empty.noWaiting')}>
        {all.waiting.map((card) => (
          <WaitingItem key={card.id} card={card} nowMs={nowMs} chosen={card.id === chosen} />
        ))}
      </Section>
      {all.others.length > 0 && (
        <Section
          title={t('inbox.others')}
          count={all.others.length}
          open={othersOpen}
          onToggle={() => setOthersOpen(!othersOpen)}
        >
          {all.others.map((card) => (
            <OtherItem key={card.id} card={card} chosen={card.id === chosen} />
          ))}
        </Section>
      )}
    </nav>
  )
}
