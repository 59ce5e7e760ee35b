import { ArrowLeftOutlined } from '@ant-design/icons'
import { Button, Skeleton, Tabs, Tooltip } from 'antd'
import { lazy, Suspense, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { FlowSummaryView } from '../../../gateway/flows/schema.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { Link, navigate } from '../router.tsx'
import { Compare } from './Compare.tsx'
import { asString } from './doc.ts'
import { DraftEditor } from './DraftEditor.tsx'
import { DraftNotices } from './DraftNotices.tsx'
import { FlowEditorProvider } from './editor/FlowEditorProvider.tsx'
import { Others } from './editor/Others.tsx'
import { usePartKeys } from './editor/usePartKeys.ts'
import { PublishModal } from './PublishModal.tsx'
import { useDraft } from './useDraft.ts'
import type { DraftView } from './useDraft.ts'
import { useProblems } from './useProblems.ts'
import { Versions } from './Versions.tsx'
import './editor/editor.css'

// the drawing library is loaded by who draws
const CanvasView = lazy(() => import('./canvas/CanvasView.tsx'))
const MeasurePane = lazy(async () => ({
  default: (await import('./measure/MeasurePane.tsx')).MeasurePane,
}))
const OutlineView = lazy(() => import('./OutlineView.tsx'))

interface Props {
  id: string
  summary: FlowSummaryView | undefined
  stored: DraftView
  tab: string
}

/** One flow: draw it, try it, publish it, look back. What is edited outlives every tab. */
export default function FlowDesk({ id, summary, stored, tab }: Props) {
  const t = useT('flows')
  const draft = useDraft(id, stored)
  const problems = useProblems(id, draft.doc)
  const [publishing, setPublishing] = useState(false)
  const desk = useRef<HTMLDivElement>(null)
  usePartKeys(desk)
  const [place, goTo] = useState<{ block: string }>()
  const show = (key: string) => navigate(`/flows/${id}/${key}`)
  const editBlock = (block: string) => {
    goTo({ block })
    show('draft')
  }
  const name = asString(draft.lastDoc['name']) ?? summary?.name ?? id
  const padded = (children: ReactNode) => <div className="desk-page">{children}</div>
  const drawn = (children: ReactNode) => (
    <Suspense fallback={padded(<Skeleton active />)}>{children}</Suspense>
  )
  return (
    <FlowEditorProvider flowId={id} draft={draft} problems={problems.data ?? []}>
      <div className="flow-desk" ref={desk}>
        <Tabs
          activeKey={tab}
          onChange={show}
          destroyOnHidden
          renderTabBar={(props, TabBar) => (
            <div className="desk-head">
              <div className="desk-title">
                <Tooltip title={t('back')}>
                  <Link to="/flows" aria-label={t('back')} className="desk-back">
                    <ArrowLeftOutlined aria-hidden />
                  </Link>
                </Tooltip>
                <h1 title={name}>{name}</h1>
                {summary?.liveVersion === undefined ? (
                  <Mark>{t('notLive')}</Mark>
                ) : (
                  <Mark tone="green">
                    {t('isLive')} · {t('version', { version: summary.liveVersion })}
                  </Mark>
                )}
                <Others flowId={id} draft={draft} />
              </div>
              <TabBar {...props} />

              <div className="desk-actions">
                {draft.dirty && tab !== 'draft' && tab !== 'canvas' && tab !== 'outline' && (
                  <Button
                    disabled={!draft.doc}
                    loading={draft.saving}
                    onClick={() => void draft.save()}
                  >
                    {t('save')}
                  </Button>
                )}
                <Button type="primary" disabled={!draft.doc} onClick={() => setPublishing(true)}>
                  {t('publish')}
                </Button>
              </div>
            </div>
          )}
          items={[
            {
              key: 'canvas',
              label: t('tabs.canvas'),
              children: (
                <>
                  <DraftNotices flowId={id} draft={draft} tab={tab} />
                  {drawn(<CanvasView draft={draft} />)}
                </>
              ),
            },
            {
              key: 'outline',
              label: t('tabs.outline'),
              children: (
                <>
                  <DraftNotices flowId={id} draft={draft} tab={tab} />
                  {drawn(<OutlineView draft={draft} />)}
                </>
              ),
            },
            {
              key: 'draft',
              label: t('tabs.draft'),
              children: padded(
                <>
                  <DraftNotices flowId={id} draft={draft} tab={tab} />
                  <DraftEditor draft={draft} problems={problems} place={place} onGo={goTo} />
                </>,
              ),
            },
            {
              key: 'figures',
              label: t('tabs.figures'),
              children: padded(drawn(<MeasurePane />)),
            },
            {
              key: 'versions',
              label: t('tabs.versions'),
              children: padded(<Versions flowId={id} />),
            },
            {
              key: 'compare',
              label: t('tabs.compare'),
              children: padded(
                <Compare flowId={id} draft={draft.lastDoc} live={summary?.liveVersion} />,
              ),
            },
          ]}
        />
        {publishing && (
          <PublishModal
            flowId={id}
            draft={draft}
            onClose={() => setPublishing(false)}
            onProblem={(block) => {
              setPublishing(false)
              editBlock(block ?? '')
            }}
          />
        )}
      </div>
    </FlowEditorProvider>
  )
}
