import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { timelineTypes } from '../../../gateway/contacts/schema.ts'
import type { TimelineItem, TimelineView } from '../../../gateway/contacts/schema.ts'
import type { Channel } from '../../../gateway/domain/conversation.ts'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { Load } from '../records/Load.tsx'
import { useLabels } from '../records/useLabels.ts'
import { ConversationDrawer } from './ConversationDrawer.tsx'
import { TimelineRow } from './TimelineRow.tsx'
import './timeline.css'

const channels: Channel[] = [
  ...(['voice', 'webchat', 'wechat', 'wecom', 'wechaty', 'weibo', 'sms', 'email'] as const),
  'directline',
]

/** All that happened with a contact, on whichever channel, newest first. */
export function Timeline({ contactId }: { contactId: string }) {
  const t = useT('contacts')
  const labels = useLabels()
  const [type, setType] = useState<TimelineItem['type']>()
  const [channel, setChannel] = useState<Channel>()
  const [openId, open] = useState<string>()
  const pages = useInfiniteQuery({
    queryKey: ['contacts', 'timeline', contactId, type, channel],
    queryFn: ({ pageParam }) =>
      api.get<TimelineView>(`/contacts/${contactId}/timeline`, {
        type,
        channel,
        before: pageParam,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  })
  const items = pages.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <div className="bar" role="group" aria-label={t('timeline.filter')}>
        <Select<TimelineItem['type']>
          allowClear
          aria-label={t('timeline.byType')}
          placeholder={t('timeline.allTypes')}
          style={{ minWidth: 150 }}
          value={type ?? null}
          onChange={(next: TimelineItem['type'] | undefined) => setType(next)}
          options={timelineTypes.map((value) => ({ value, label: t(`timeline.types.${value}`) }))}
        />
        <Select<Channel>
          allowClear
          aria-label={t('timeline.byChannel')}
          placeholder={t('timeline.allChannels')}
          style={{ minWidth: 150 }}
          value={channel ?? null}
          onChange={(next: Channel | undefined) => setChannel(next)}
          options={channels.map((value) => ({ value, label: labels.channel(value) }))}
        />
      </div>
      <Load of={{ data: items, error: pages.error, refetch: pages.refetch }}>
        {(list) => (
          <>
            {list.length === 0 && <p className="quiet">{t('timeline.empty')}</p>}
            <ol className="timeline">
              {list.map((item) => (
                <TimelineRow key={`${item.type}-${item.id}`} item={item} onOpen={open} />
              ))}
            </ol>
          </>
        )}
      </Load>
      {pages.hasNextPage && (
        <Button
          block
          type="link"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('timeline.earlier')}
        </Button>
      )}
      {openId && <ConversationDrawer id={openId} onClose={() => open(undefined)} />}
    </>
  )
}
