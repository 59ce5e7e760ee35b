import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import type { WireMessage } from '../../../gateway/desk/protocol.ts'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { Load } from '../records/Load.tsx'
import { TalkLine } from './TalkLine.tsx'
import './contacts.css'

const PAGE = 100

/** A conversation as it went, to read only; earlier messages on demand. */
export function ConversationDrawer({ id, onClose }: { id: string; onClose(): void }) {
  const t = useT('contacts')
  const pages = useInfiniteQuery({
    queryKey: ['conversations', 'messages', id],
    queryFn: ({ pageParam }) =>
      api.get<{ messages: WireMessage[]; more: boolean }>(`/conversations/${id}/messages`, {
        limit: PAGE,
        beforeSeq: pageParam,
      }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ more, messages }) => (more ? messages[0]?.seq : undefined),
  })
  const messages = pages.data?.pages.toReversed().flatMap((page) => page.messages)
  return (
    <Drawer open size={560} title={t('conversation')} onClose={onClose}>
      {pages.hasNextPage && (
        <Button
          block
          type="link"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('earlier')}
        </Button>
      )}
      <Load of={{ data: messages, error: pages.error, refetch: pages.refetch }}>
        {(list) =>
          list.length === 0 ? (
            <p className="quiet">{t('noMessages')}</p>
          ) : (
            <ol className="talk">
              {list.map((message) => (
                <TalkLine key={message.id} message={message} />
              ))}
            </ol>
          )
        }
      </Load>
    </Drawer>
  )
}
