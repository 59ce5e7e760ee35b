import { AlertFilled, CrownFilled } from '@ant-design/icons'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useLang, useT } from '../../i18n/index.ts'

/** What must be seen first: emergency, VIP, a language other than the console's. */
export function Badges({ card }: { card: ConversationCard }) {
  const t = useT('desk')
  const lang = useLang()
  const foreign = card.lang.split('-')[0] !== lang.split('-')[0]
  return (
    <>
      {card.emergency && (
        <span className="badge badge-emergency">
          <AlertFilled aria-hidden /> {t('emergency')}
        </span>
      )}
      {card.contact.vip && (
        <span className="badge badge-vip">
          <CrownFilled aria-hidden /> {t('vip')}
        </span>
      )}
      {foreign && (
        <span className="badge badge-lang">
          {t(`lang.${card.lang}`, { defaultValue: card.lang })}
        </span>
      )}
    </>
  )
}
