import { useQuery } from '@tanstack/react-query'
import { Drawer, Skeleton } from 'antd'
import type { ConversationCard, WireMessage } from '../../../../gateway/desk/protocol.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { MessageRow } from '../thread/MessageRow.tsx'
import { rows } from '../thread/rows.ts'
import { useContactName } from '../useContactName.ts'

interface Props {
  card: ConversationCard
  onClose(): void
}

/** A past conversation, read only. */
export function Transcript({ card, onClose }: Props) {
  const t = useT('desk')
  const format = useFormat()
  const contactName = useContactName()
  const { data, error } = useQuery({
    queryKey: ['messages', card.id],
    queryFn: () =>
      api.get<{ messages: WireMessage[] }>(`/conversations/${card.id}/messages`, { limit: 200 }),
  })
  return (
    <Drawer
      open
      size={560}
      title={`${contactName(card)} · ${format.dateTime(card.openedAtMs)} · ${t(`conversationState.${card.state}`)}`}
      onClose={onClose}
    >
      <ErrorNotice error={error} />
      {!data && !error && <Skeleton active />}
      <div className="thread-content">
        {data &&
          rows(data.messages).map((row) =>
            row.kind === 'day' ? (
              <p key={row.key} className="thread-day">
                <span>{format.day(row.atMs)}</span>
              </p>
            ) : (
              <MessageRow key={row.key} message={row.message} first={row.first} card={card} />
            ),
          )}
      </div>
    </Drawer>
  )
}
