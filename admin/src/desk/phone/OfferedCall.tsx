import { PhoneFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { CallCard, ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useDeskActions } from '../actions/useDeskActions.ts'
import { countdown } from '../duration.ts'
import { contextRows } from '../side/contextRows.ts'
import { useNames } from '../useNames.ts'
import { useServerNow } from '../useServerNow.ts'

/** as many as fit on a line; the side shows all */
const SHOWN = 4

/** A call that rings for me: whence, why, and the two answers. */
export function OfferedCall({ card, call }: { card: ConversationCard; call: CallCard }) {
  const t = useT('desk')
  const names = useNames()
  const nowMs = useServerNow()
  const { accept, decline, busy } = useDeskActions()
  const { rows } = contextRows(card.context)
  const chosen = rows
    .slice(0, SHOWN)
    .map(({ name, value }) =>
      name === 'lang'
        ? t(`lang.${value}`, { defaultValue: value })
        : t(`side.about.${value}`, { defaultValue: value, nsSeparator: false }),
    )
  return (
    <div className="callbar-row callbar-offer">
      <p>
        {card.queueId && <span>{t('phone.where', { queue: names.queue(card.queueId) })}</span>}
        {chosen.length > 0 && (
          <span>
            {t('phone.chose')}: <b>{chosen.join(' · ')}</b>
          </span>
        )}
      </p>
      <Button
        type="primary"
        size="large"
        className="call-answer"
        icon={<PhoneFilled aria-hidden />}
        loading={busy}
        onClick={() => void accept(card)}
      >
        {t('phone.answer')}{' '}
        <span className="call-left">{countdown(card.offer?.expiresAtMs ?? 0, nowMs)}</span>
      </Button>
      <Button size="large" disabled={busy} onClick={() => void decline(card)}>
        {t('phone.decline')}
      </Button>
      <span className="seen-by-readers">{call.number}</span>
    </div>
  )
}
