import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { IntentSetDetail, IntentView } from '../../../../gateway/intents/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { ItemTable } from '../../records/ItemTable.tsx'
import { OpenCell } from '../../records/OpenCell.tsx'
import { useLabels } from '../../records/useLabels.ts'
import { sides } from '../entry.ts'
import { IntentDrawer } from './IntentDrawer.tsx'

/** What callers want, and how many ways of saying it are known. */
export function IntentList({ set }: { set: IntentSetDetail }) {
  const t = useT('knowledge/intents')
  const name = useName()
  const labels = useLabels()
  const [editing, edit] = useState<{ intent: IntentView | undefined }>()
  return (
    <>
      <div className="bar">
        <span className="quiet bar-hint">{t('listHint')}</span>
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => edit({ intent: undefined })}>
          {t('add')}
        </Button>
      </div>
      <ItemTable<IntentView>
        name={t('intents')}
        items={{
          data: set.intents,
          error: undefined,
          isPending: false,
          refetch: () => Promise.resolve(),
        }}
        width={700}
        empty={t('noIntents')}
        onOpen={(intent) => edit({ intent })}
        columns={[
          {
            title: t('intent'),
            width: 180,
            render: (_, intent) => (
              <OpenCell onOpen={() => edit({ intent })}>{name(intent.name)}</OpenCell>
            ),
          },
          { title: t('key'), dataIndex: 'id', width: 130 },
          ...sides.map((side) => ({
            title: t('examplesIn', { lang: labels.lang(side) }),
            render: (_: unknown, { examples }: IntentView) => (
              <>
                <b>{examples[side]?.length ?? 0}</b>{' '}
                <span className="quiet">{examples[side]?.slice(0, 3).join(' / ')}</span>
              </>
            ),
          })),
        ]}
      />
      {editing && (
        <IntentDrawer set={set} intent={editing.intent} onClose={() => edit(undefined)} />
      )}
    </>
  )
}
