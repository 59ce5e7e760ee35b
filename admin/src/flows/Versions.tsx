import { Button, Dropdown, Tooltip } from 'antd'
import { useState } from 'react'
import { address } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { ItemTable } from '../records/ItemTable.tsx'
import { Time } from '../records/Time.tsx'
import { useStaffNames } from '../records/useStaffNames.ts'
import { navigate } from '../router.tsx'
import { RollbackModal } from './RollbackModal.tsx'
import { useVersions } from './useVersions.ts'
import { History } from './versions/History.tsx'
import { SplitModal } from './versions/SplitModal.tsx'
import { SplitNotice } from './versions/SplitNotice.tsx'
import './versions/versions.css'

/** Who published what, when and why; what share each has, and how many conversations are inside. */
export function Versions({ flowId }: { flowId: string }) {
  const t = useT('flows')
  const own = useT('flows/versions')
  const { nameOf } = useStaffNames()
  const versions = useVersions(flowId)
  const [rollingTo, rollTo] = useState<number>()
  const [splitting, split] = useState<number>()
  const live = versions.data?.find((each) => each.live)?.version
  const beside = versions.data?.find(({ live: isLive, percent }) => !isLive && percent)
  const file = (version: number) => address(`/flows/${flowId}/export`, { version })
  return (
    <>
      {live !== undefined && beside && (
        <SplitNotice
          flowId={flowId}
          live={live}
          version={beside.version}
          percent={beside.percent!}
          onChange={() => split(beside.version)}
        />
      )}
      <ItemTable
        name={t('versions')}
        items={{
          ...versions,
          data: versions.data?.map((each) => ({ ...each, id: String(each.version) })),
        }}
        width={960}
        empty={t('noVersions')}
        columns={[
          {
            title: t('versions'),
            width: 190,
            render: (_, { version, live: isLive, percent }) => (
              <>
                {t('version', { version })} {isLive && <Mark tone="green">{t('isLive')}</Mark>}
                {percent !== undefined && (
                  <Mark tone="amber">{own('split.percent', { percent })}</Mark>
                )}
              </>
            ),
          },
          { title: t('note'), dataIndex: 'note', render: (note: string) => note || '—' },
          { title: t('by'), dataIndex: 'by', width: 130, render: nameOf },
          {
            title: t('at'),
            dataIndex: 'atMs',
            width: 150,
            render: (atMs: number) => <Time atMs={atMs} />,
          },
          {
            title: <Tooltip title={t('insideHint')}>{t('inside')}</Tooltip>,
            dataIndex: 'conversations',
            width: 120,
            align: 'right',
          },
          {
            width: 300,
            render: (_, { version, live: isLive }) => (
              <Actions
                compare={() => navigate(`/flows/${flowId}/compare?from=${version}`)}
                exportTo={file(version)}
                rollback={isLive ? undefined : () => rollTo(version)}
                split={isLive || live === undefined || beside ? undefined : () => split(version)}
                version={version}
              />
            ),
          },
        ]}
      />
      {versions.data && versions.data.length > 0 && <History flowId={flowId} />}
      {rollingTo !== undefined && (
        <RollbackModal flowId={flowId} version={rollingTo} onClose={() => rollTo(undefined)} />
      )}
      {splitting !== undefined && live !== undefined && (
        <SplitModal
          flowId={flowId}
          live={live}
          version={splitting}
          percent={beside?.percent}
          onClose={() => split(undefined)}
        />
      )}
    </>
  )
}

interface ActionsProps {
  version: number
  compare(): void
  exportTo: string
  rollback: (() => void) | undefined
  split: (() => void) | undefined
}

function Actions({ version, compare, exportTo, rollback, split }: ActionsProps) {
  const t = useT('flows')
  const own = useT('flows/versions')
  return (
    <span className="version-actions">
      <Button size="small" onClick={compare}>
        {t('compare')}
      </Button>
      {rollback && (
        <Button size="small" onClick={rollback}>
          {t('rollback')}
        </Button>
      )}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...(split ? [{ key: 'split', label: own('split.start'), onClick: split }] : []),
            {
              key: 'export',
              label: (
                <a href={exportTo} download>
                  {own('export')}
                </a>
              ),
            },
          ],
        }}
      >
        <Button size="small" aria-label={own('more', { version })}>
          …
        </Button>
      </Dropdown>
    </span>
  )
}
