import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useState } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { ChannelIcon } from '../ChannelIcon.tsx'
import { Transcript } from './Transcript.tsx'

/** Other conversations of the same contact, to be read. */
export function History({ card }: { card: ConversationCard }) {
  const t = useT('desk')
  const format = useFormat()
  const [open, setOpen] = useState<ConversationCard>()
  const { data, error, refetch } = useQuery({
    queryKey: ['conversations', card.contact.id],
    queryFn: () =>
      api.get<{ items: ConversationCard[] }>('/conversations', { contactId: card.contact.id }),
  })
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active paragraph={{ rows: 2 }} />
  const others = data.items.filter((other) => other.id !== card.id)
  if (others.length === 0) return <p className="quiet">{t('side.historyEmpty')}</p>
  return (
    <>
      <ul className="side-list">
        {others.map((other) => (
          <li key={other.id}>
            <button type="button" onClick={() => setOpen(other)}>
              <span className="side-list-top">
                <ChannelIcon channel={other.channel} />
                <time>{format.dateTime(other.openedAtMs)}</time>
                <span className="side-list-state">{t(`conversationState.${other.state}`)}</span>
              </span>
              <span className="side-list-words">{other.preview}</span>
            </button>
          </li>
        ))}
      </ul>
      {open && <Transcript card={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}
