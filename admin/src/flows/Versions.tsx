import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { ItemTable } from '../records/ItemTable.tsx'
import { Time } from '../records/Time.tsx'
import { useStaffNames } from '../records/useStaffNames.ts'
import { navigate } from '../router.tsx'
import { RollbackModal } from './RollbackModal.tsx'
import { useVersions } from './useVersions.ts'

/** Who published what, when and why, and how many conversations are still inside. */
export function Versions({ flowId }: { flowId: string }) {
  const t = useT('flows')
  const { nameOf } = useStaffNames()
  const versions = useVersions(flowId)
  const [rollingTo, rollTo] = useState<number>()
  return (
    <>
      <ItemTable
        name={t('versions')}
        items={{
          ...versions,
          data: versions.data?.map((each) => ({ ...each, id: String(each.version) })),
        }}
        width={860}
        empty={t('noVersions')}
        columns={[
          {
            title: t('versions'),
            width: 150,
            render: (_, { version, live }) => (
              <>
                {t('version', { version })} {live && <Mark tone="green">{t('isLive')}</Mark>}
              </>
            ),
          },
          { title: t('note'), dataIndex: 'note', render: (note: string) => note || '—' },
          { title: t('by'), dataIndex: 'by', width: 140, render: nameOf },
          {
            title: t('at'),
            dataIndex: 'atMs',
            width: 150,
            render: (atMs: number) => <Time atMs={atMs} />,
          },
          {
            title: <Tooltip title={t('insideHint')}>{t('inside')}</Tooltip>,
            dataIndex: 'conversations',
            width: 130,
            align: 'right',
          },
          {
            width: 260,
            render: (_, { version, live }) => (
              <>
                <Button
                  size="small"
                  onClick={() => navigate(`/flows/${flowId}/compare?from=${version}`)}
                >
                  {t('compare')}
                </Button>{' '}
                {!live && (
                  <Button size="small" onClick={() => rollTo(version)}>
                    {t('rollback')}
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {rollingTo !== undefined && (
        <RollbackModal flowId={flowId} version={rollingTo} onClose={() => rollTo(undefined)} />
      )}
    </>
  )
}
