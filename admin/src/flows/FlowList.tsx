import { EllipsisOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tabs, Tooltip } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { FlowSummaryView } from '../../../gateway/flows/schema.ts'
import { address } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { ItemTable } from '../records/ItemTable.tsx'
import { Mark } from '../records/Mark.tsx'
import { OpenCell } from '../records/OpenCell.tsx'
import { Time } from '../records/Time.tsx'
import { useItems } from '../records/useItems.ts'
import { navigate } from '../router.tsx'
import { Page } from '../shell/Page.tsx'
import { NewFlowModal } from './library/NewFlowModal.tsx'
import { RemovedModal } from './library/RemovedModal.tsx'
import { RemoveFlowModal } from './library/RemoveFlowModal.tsx'
import { RenameModal } from './library/RenameModal.tsx'
import { useUseWords } from './library/useUseWords.ts'
import './library/library.css'

const ImportModal = lazy(() => import('./library/ImportModal.tsx'))
const RoutesTab = lazy(() => import('./routes/RoutesTab.tsx'))

/** who edits changes without anybody here doing anything */
const LOOK_AGAIN_MS = 15_000

type Open =
  | { what: 'new' | 'import' | 'removed' }
  | { what: 'copy' | 'rename' | 'remove'; flow: FlowSummaryView }

export function FlowList({ tab }: { tab: 'flows' | 'routes' }) {
  const t = useT('flows')
  const own = useT('flows/library')
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  return (
    <Page
      title={t('title')}
      hint={t('hint')}
      actions={
        <>
          <Button onClick={() => setOpen({ what: 'removed' })}>{own('removed.open')}</Button>
          <Button icon={<ImportOutlined aria-hidden />} onClick={() => setOpen({ what: 'import' })}>
            {own('import')}
          </Button>
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => setOpen({ what: 'new' })}
          >
            {own('create')}
          </Button>
        </>
      }
    >
      <Tabs
        activeKey={tab}
        onChange={(key) => navigate(key === 'routes' ? '/flows/-/routes' : '/flows')}
        destroyOnHidden
        items={[
          { key: 'flows', label: own('tabs.flows'), children: <Shelf onOpen={setOpen} /> },
          {
            key: 'routes',
            label: own('tabs.routes'),
            children: (
              <Suspense fallback={null}>
                <RoutesTab />
              </Suspense>
            ),
          },
        ]}
      />
      {open?.what === 'new' && <NewFlowModal onClose={close} />}
      {open?.what === 'copy' && <NewFlowModal copyOf={open.flow} onClose={close} />}
      {open?.what === 'rename' && <RenameModal flow={open.flow} onClose={close} />}
      {open?.what === 'remove' && <RemoveFlowModal flow={open.flow} onClose={close} />}
      {open?.what === 'removed' && <RemovedModal onClose={close} />}
      {open?.what === 'import' && (
        <Suspense fallback={null}>
          <ImportModal onClose={close} />
        </Suspense>
      )}
    </Page>
  )
}

function Shelf({ onOpen }: { onOpen(open: Open): void }) {
  const t = useT('flows')
  const own = useT('flows/library')
  const wordsOf = useUseWords()
  const { list } = useFormat()
  const flows = useItems<FlowSummaryView>('/flows', {}, { everyMs: LOOK_AGAIN_MS })
  const go = ({ id }: FlowSummaryView) => navigate(`/flows/${id}`)
  return (
    <ItemTable
      name={t('list')}
      items={flows}
      width={980}
      onOpen={go}
      empty={own('empty')}
      columns={[
        {
          title: t('name'),
          render: (_, flow) => (
            <>
              <OpenCell onOpen={() => go(flow)}>{flow.name}</OpenCell>
              <div className="quiet">
                {flow.id} · {t(`kinds.${flow.kind}`)}
              </div>
              {flow.editors.length > 0 && (
                <Mark tone="amber">
                  {own('editing', { names: list(flow.editors.map(({ name }) => name)) })}
                </Mark>
              )}
            </>
          ),
        },
        {
          title: t('live'),
          width: 150,
          render: (_, { liveVersion, split }) =>
            liveVersion === undefined ? (
              <Mark>{t('notLive')}</Mark>
            ) : (
              <>
                <Mark tone="green">{t('version', { version: liveVersion })}</Mark>
                {split && <div className="quiet">{own('split', split)}</div>}
              </>
            ),
        },
        {
          title: own('usedBy'),
          width: 260,
          render: (_, { usedBy }) =>
            usedBy.length === 0 ? (
              <span className="quiet">{own('unused')}</span>
            ) : (
              <Tooltip title={usedBy.length > 2 && list(usedBy.map(wordsOf))}>
                {list(usedBy.slice(0, 2).map(wordsOf))}
                {usedBy.length > 2 && ` +${usedBy.length - 2}`}
              </Tooltip>
            ),
        },
        {
          title: t('updated'),
          width: 200,
          render: (_, flow) => (
            <>
              <Time atMs={flow.updatedAtMs} /> <span className="quiet">· {flow.updatedBy}</span>
            </>
          ),
        },
        {
          width: 56,
          render: (_, flow) => (
            <Dropdown
              trigger={['click']}
              menu={{
                items: [
                  ...(['copy', 'rename'] as const).map((what) => ({
                    key: what,
                    label: own(what),
                    onClick: () => onOpen({ what, flow }),
                  })),
                  {
                    key: 'export',
                    label: (
                      <a href={address(`/flows/${flow.id}/export`)} download>
                        {own('export')}
                      </a>
                    ),
                  },
                  { type: 'divider' as const },
                  {
                    key: 'remove',
                    danger: true,
                    label: own('remove'),
                    onClick: () => onOpen({ what: 'remove', flow }),
                  },
                ],
              }}
            >
              <Button
                type="text"
                icon={<EllipsisOutlined aria-hidden />}
                aria-label={own('actions', { name: flow.name })}
              />
            </Dropdown>
          ),
        },
      ]}
    />
  )
}
