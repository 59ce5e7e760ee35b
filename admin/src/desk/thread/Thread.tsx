import { DownOutlined } from '@ant-design/icons'
import { Button, Spin } from 'antd'
import { useEffect, useMemo } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useContactName } from '../useContactName.ts'
import { useDesk, useDeskState } from '../useDesk.ts'
import { MessageRow } from './MessageRow.tsx'
import { PendingRow } from './PendingRow.tsx'
import { rows } from './rows.ts'
import { useOlder } from './useOlder.ts'
import { useStickyBottom } from './useStickyBottom.ts'
import './thread.css'

const noMessages: never[] = []

/** What was said, live: stays at the newest unless one has scrolled up. */
export function Thread({ card }: { card: ConversationCard }) {
  const t = useT('desk')
  const format = useFormat()
  const contactName = useContactName()
  const desk = useDesk()
  const thread = useDeskState((state) => state.threads[card.id])
  const pending = useDeskState((state) => state.compose[card.id]?.pending)
  const typing = useDeskState((state) => state.typing[card.id])
  const messages = thread?.messages ?? noMessages
  const drawn = useMemo(() => rows(messages), [messages])
  const lastSeq = messages.at(-1)?.seq ?? 0
  const { frame, content, pinned, below, toBottom } = useStickyBottom(lastSeq)
  const older = useOlder(card.id, frame)

  const unsent = pending?.length ?? 0
  useEffect(() => {
    if (unsent > 0) toBottom()
  }, [unsent, toBottom])

  useEffect(() => {
    const saw = () => {
      if (pinned && lastSeq > 0 && !document.hidden) desk.sawUpTo(card.id, lastSeq)
    }
    saw()
    document.addEventListener('visibilitychange', saw)
    return () => document.removeEventListener('visibilitychange', saw)
  }, [desk, card.id, lastSeq, pinned])

  return (
    <div className="thread">
      <div
        className="thread-frame"
        ref={frame}
        tabIndex={0}
        role="log"
        aria-label={t('thread.label')}
      >
        <div className="thread-content" ref={content}>
          {!thread?.loaded && <Spin className="thread-wait" />}
          {thread?.loaded &&
            (thread.more ? (
              <Button type="link" loading={older.busy} onClick={() => void older.load()}>
                {t('thread.older')}
              </Button>
            ) : (
              <p className="thread-begin">
                {t(messages.length > 0 ? 'thread.oldest' : 'empty.thread')}
              </p>
            ))}
          {drawn.map((row) =>
            row.kind === 'day' ? (
              <p key={row.key} className="thread-day">
                <span>{format.day(row.atMs)}</span>
              </p>
            ) : (
              <MessageRow key={row.key} message={row.message} first={row.first} card={card} />
            ),
          )}
          {pending?.map((item) => (
            <PendingRow key={item.clientMsgId} item={item} conversationId={card.id} />
          ))}
          {typing && (
            <p className="thread-typing">
              <span className="typing-dots" aria-hidden>
                <i />
                <i />
                <i />
              </span>
              {t('thread.typing', { name: contactName(card) })}
            </p>
          )}
        </div>
      </div>
      {!pinned && (
        <div className="thread-newest">
          <Button shape="round" icon={<DownOutlined aria-hidden />} onClick={toBottom}>
            {t(below > 0 ? 'thread.newBelow' : 'thread.newest', { count: below })}
          </Button>
        </div>
      )}
    </div>
  )
}
