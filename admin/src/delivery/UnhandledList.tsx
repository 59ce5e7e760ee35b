import { Button } from 'antd'
import { useState } from 'react'
import type { DeadInboxView } from '../../../gateway/accounts/schema.ts'
import { useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { Time } from '../records/Time.tsx'
import { useItems } from '../records/useItems.ts'
import { EVERY_MS } from './everyMs.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { useManyActions } from './useManyActions.ts'
import { Why } from './Why.tsx'

interface Props {
  accountId: string
  nameOf(accountId: string): string
}

/** What came in and met an error; it can be handled again once the cause is mended. */
export function UnhandledList({ accountId, nameOf }: Props) {
  const t = useT('delivery')
  const rows = useItems<DeadInboxView>('/inbox/dead', { accountId }, { everyMs: EVERY_MS })
  const { handleAgain, busy } = useManyActions()
  const [marked, mark] = useState<string[]>([])
  const ids = (rows.data ?? []).map(({ id }) => id)
  const chosen = ids.filter((id) => marked.includes(id))
  return (
    <>
      {ids.length > 0 && (
        <SelectionBar ids={ids} marked={chosen} onMark={mark}>
          <Button type="primary" loading={busy} onClick={() => void handleAgain(chosen)}>
            {t('handle')}
          </Button>
        </SelectionBar>
      )}
      <ItemTable<DeadInboxView>
        name={t('list.unhandled')}
        items={rows}
        empty={t('empty.unhandled')}
        width={860}
        marked={chosen}
        onMark={mark}
        markName={({ text, kind }) => t('select', { text: text || kind })}
        columns={[
          {
            title: t('text'),
            render: (_, { text, kind }) =>
              text || <span className="quiet">{t(`kinds.${kind}`, { defaultValue: kind })}</span>,
          },
          { title: t('account'), dataIndex: 'accountId', width: 150, render: nameOf },
          {
            title: t('at'),
            dataIndex: 'receivedAtMs',
            width: 120,
            render: (atMs: number) => <Time atMs={atMs} />,
          },
          {
            title: t('why'),
            width: 240,
            render: (_, row) => (
              <Why accountId={row.accountId} channel={row.channel} code={row.error} />
            ),
          },
          {
            title: t('attempts'),
            dataIndex: 'attempts',
            width: 80,
            render: (count: number) => t('times', { count }),
          },
          {
            title: t('actions'),
            width: 120,
            render: (_, { id, text, kind }) => (
              <Button
                size="small"
                disabled={busy}
                aria-label={t('handleOf', { text: text || kind })}
                onClick={() => void handleAgain([id])}
              >
                {t('handle')}
              </Button>
            ),
          },
        ]}
      />
    </>
  )
}
