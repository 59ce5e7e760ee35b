import { Button } from 'antd'
import type { TableColumnsType } from 'antd'
import { useState } from 'react'
import type { OutboxView } from '../../../gateway/accounts/schema.ts'
import { ConversationDrawer } from '../contacts/ConversationDrawer.tsx'
import { useT } from '../i18n/index.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { Mark } from '../records/Mark.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { Time } from '../records/Time.tsx'
import { useItems } from '../records/useItems.ts'
import { EVERY_MS } from './everyMs.ts'
import { SelectionBar } from './SelectionBar.tsx'
import type { Filter } from './useFilter.ts'
import { useManyActions } from './useManyActions.ts'
import { Why } from './Why.tsx'

interface Props {
  view: 'waiting' | 'dead'
  accountId: Filter['accountId']
  nameOf(accountId: string): string
}

/** Messages that wait, or that failed and can be sent again. */
export function OutgoingList({ view, accountId, nameOf }: Props) {
  const t = useT('delivery')
  const tDesk = useT('desk')
  const format = useFormat()
  const messages = useItems<OutboxView>(
    '/outbox',
    { state: view, accountId },
    { everyMs: EVERY_MS },
  )
  const { replay, discard, busy } = useManyActions()
  const [marked, mark] = useState<string[]>([])
  const [talk, showTalk] = useState<string>()
  const chosen = (messages.data ?? []).filter(({ id }) => marked.includes(id))
  const ids = (messages.data ?? []).map(({ id }) => id)
  const dead = view === 'dead'
  const columns: TableColumnsType<OutboxView> = [
    {
      title: t('contact'),
      width: 150,
      render: (_, { contactId, contactName, conversationId }) => (
        <OpenCell onOpen={() => showTalk(conversationId)}>
          {contactName ?? tDesk('nameless', { id: contactId?.slice(-4).toUpperCase() })}
        </OpenCell>
      ),
    },
    {
      title: t('text'),
      render: (_, { text, author }) => (
        <>
          <span className="quiet">{t(`author.${author}`)} · </span>
          {text}
        </>
      ),
    },
    {
      title: t('account'),
      dataIndex: 'accountId',
      width: 150,
      render: (id: string) => nameOf(id),
    },
    {
      title: t('at'),
      dataIndex: 'atMs',
      width: 120,
      render: (atMs: number) => <Time atMs={atMs} />,
    },
    ...(dead
      ? [
          {
            title: t('why'),
            width: 280,
            render: (_: unknown, row: OutboxView) => (
              <Why
                accountId={row.accountId}
                channel={row.channel}
                code={row.error}
                unknown={row.unknown}
              />
            ),
          },
        ]
      : [
          {
            title: t('state'),
            width: 100,
            render: (_: unknown, { state }: OutboxView) => (
              <Mark tone={state === 'sending' ? 'blue' : 'plain'}>{t(`states.${state}`)}</Mark>
            ),
          },
          {
            title: t('next'),
            width: 180,
            render: (_: unknown, row: OutboxView) => (
              <span className="delivery-why">
                <span>
                  {row.attempts === 0 ? t('now') : <Time atMs={row.notBeforeMs} />}{' '}
                  <span className="quiet">
                    {t('expires', { time: format.short(row.expiresAtMs) })}
                  </span>
                </span>
                {row.error && (
                  <Why accountId={row.accountId} channel={row.channel} code={row.error} />
                )}
              </span>
            ),
          },
        ]),
    {
      title: t('attempts'),
      dataIndex: 'attempts',
      width: 80,
      render: (count: number) => t('times', { count }),
    },
    ...(dead
      ? [
          {
            title: t('actions'),
            width: 170,
            render: (_: unknown, row: OutboxView) => (
              <span className="delivery-actions">
                <Button
                  size="small"
                  disabled={busy}
                  aria-label={t('replayOf', { text: row.text })}
                  onClick={() => void replay([row])}
                >
                  {t('replay')}
                </Button>
                <Button
                  size="small"
                  type="text"
                  disabled={busy}
                  aria-label={t('discardOf', { text: row.text })}
                  onClick={() => void discard([row])}
                >
                  {t('discard')}
                </Button>
              </span>
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      {dead && ids.length > 0 && (
        <SelectionBar ids={ids} marked={chosen.map(({ id }) => id)} onMark={mark}>
          <Button type="primary" loading={busy} onClick={() => void replay(chosen)}>
            {t('replay')}
          </Button>
          <Button disabled={busy} onClick={() => void discard(chosen)}>
            {t('discard')}
          </Button>
        </SelectionBar>
      )}
      <ItemTable<OutboxView>
        name={t(`list.${view}`)}
        items={messages}
        empty={t(`empty.${view}`)}
        width={980}
        columns={columns}
        {...(dead && {
          marked: chosen.map(({ id }) => id),
          onMark: mark,
          markName: ({ text }: OutboxView) => t('select', { text }),
        })}
      />
      {talk && <ConversationDrawer id={talk} onClose={() => showTalk(undefined)} />}
    </>
  )
}
