import { ClockCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useLang, useT } from '../../i18n/index.ts'
import type { Pending } from '../composer/compose.ts'
import { useDesk } from '../useDesk.ts'

interface Props {
  item: Pending
  conversationId: string
}

/** Written here and not yet back from the server. */
export function PendingRow({ item, conversationId }: Props) {
  const t = useT('desk')
  const lang = useLang()
  const desk = useDesk()
  const { content, state, error, clientMsgId } = item
  return (
    <article className={`row row-${item.note ? 'note' : 'me'} row-pending`}>
      <div className="bubble">
        <p className="text">{content.type === 'text' ? content.text : `[${item.name ?? ''}]`}</p>
      </div>
      <footer>
        {state === 'refused' ? (
          <span className="row-refused" role="alert">
            <strong>{t('thread.notSent')}</strong> {error && (lang === 'en' ? error.en : error.zh)}
            <Button
              type="link"
              size="small"
              onClick={() => desk.resend(conversationId, clientMsgId)}
            >
              {t('thread.resend')}
            </Button>
            <Button
              type="link"
              size="small"
              danger
              onClick={() => desk.discard(conversationId, clientMsgId)}
            >
              {t('thread.discard')}
            </Button>
          </span>
        ) : (
          <span className="ticks" role="img" aria-label={t('thread.waitingLine')}>
            <ClockCircleOutlined aria-hidden />
          </span>
        )}
      </footer>
    </article>
  )
}
