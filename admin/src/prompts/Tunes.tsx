import { useState } from 'react'
import { Button } from 'antd'
import { PlusOutlined } from '@ant-design/icons'
import type { TuneView } from '../../../gateway/prompts/schema.ts'
import { useT } from '../i18n/index.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { Mark } from '../records/Mark.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { useItems } from '../records/useItems.ts'
import { TuneDrawer } from './TuneDrawer.tsx'
import { TUNES } from './tunes-path.ts'

/** Music for who waits, and what is heard before the hotline answers. */
export function Tunes() {
  const t = useT('prompts')
  const tunes = useItems<TuneView>(TUNES)
  const [editing, edit] = useState<{ tune?: TuneView; kind: TuneView['kind'] }>()
  const adding = (kind: TuneView['kind']) => (
    <Button icon={<PlusOutlined aria-hidden />} onClick={() => edit({ kind })}>
      {t(`tunes.add.${kind}`)}
    </Button>
  )
  return (
    <>
      <div className="bar">
        <span className="quiet bar-hint">{t('tunes.hint')}</span>
        {adding('hold')}
        {adding('ringback')}
      </div>
      <ItemTable
        name={t('tabs.tunes')}
        items={tunes}
        width={720}
        onOpen={(tune) => edit({ tune, kind: tune.kind })}
        empty={t('tunes.empty')}
        columns={[
          {
            title: t('tunes.name'),
            render: (_, tune) => (
              <>
                <OpenCell onOpen={() => edit({ tune, kind: tune.kind })}>{tune.name}</OpenCell>{' '}
                {tune.isDefault && <Mark tone="teal">{t('tunes.isDefault')}</Mark>}
              </>
            ),
          },
          {
            title: t('tunes.kind'),
            dataIndex: 'kind',
            width: 120,
            render: (kind: string) => t(`tunes.kinds.${kind}`),
          },
          {
            title: t('tunes.pieces'),
            dataIndex: 'pieces',
            width: 90,
            align: 'right',
            render: (pieces: string[]) => pieces.length,
          },
          {
            title: t('tunes.usedBy'),
            width: 260,
            render: (_, { usedBy }) =>
              usedBy.map(({ name }) => name).join(', ') || (
                <span className="quiet">{t('tunes.unused')}</span>
              ),
          },
        ]}
      />
      {editing && <TuneDrawer {...editing} onClose={() => edit(undefined)} />}
    </>
  )
}
