import { ArrowLeftOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import type { FlowSummaryView } from '../../../gateway/flows/schema.ts'
import { useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { Link, navigate } from '../router.tsx'
import { Page } from '../shell/Page.tsx'
import { Compare } from './Compare.tsx'
import { asString } from './doc.ts'
import { DraftEditor } from './DraftEditor.tsx'
import { DraftNotices } from './DraftNotices.tsx'
import { Outline } from './Outline.tsx'
import { PublishModal } from './PublishModal.tsx'
import { useDraft } from './useDraft.ts'
import type { DraftView } from './useDraft.ts'
import { useProblems } from './useProblems.ts'
import { Versions } from './Versions.tsx'

interface Props {
  id: string
  summary: FlowSummaryView | undefined
  stored: DraftView
  tab: string
}

/** One flow: read it, edit its draft, publish it, look back. What is typed outlives every tab. */
export function FlowDesk({ id, summary, stored, tab }: Props) {
  const t = useT('flows')
  const draft = useDraft(id, stored)
  const problems = useProblems(id, draft.doc)
  const [publishing, setPublishing] = useState(false)
  const [place, goTo] = useState<{ block: string }>()
  const show = (key: string) => navigate(`/flows/${id}/${key}`)
  const editBlock = (block: string) => {
    goTo({ block })
    show('draft')
  }
  return (
    <Page
      title={
        <>
          {asString(draft.lastDoc['name']) ?? summary?.name ?? id}{' '}
          {summary?.liveVersion === undefined ? (
            <Mark>{t('notLive')}</Mark>
          ) : (
            <Mark tone="green">
              {t('isLive')} · {t('version', { version: summary.liveVersion })}
            </Mark>
          )}
          {draft.dirty && <Mark tone="amber">{t('unsaved')}</Mark>}
        </>
      }
      hint={
        <Link to="/flows">
          <ArrowLeftOutlined aria-hidden /> {t('back')}
        </Link>
      }
      actions={
        <>
          {draft.dirty && tab !== 'draft' && (
            <Button disabled={!draft.doc} loading={draft.saving} onClick={() => void draft.save()}>
              {t('save')}
            </Button>
          )}
          <Button type="primary" disabled={!draft.doc} onClick={() => setPublishing(true)}>
            {t('publish')}
          </Button>
        </>
      }
    >
      <DraftNotices draft={draft} />
      <Tabs
        activeKey={tab}
        onChange={show}
        destroyOnHidden
        items={[
          {
            key: 'outline',
            label: t('tabs.outline'),
            children: <Outline doc={draft.lastDoc} onEdit={editBlock} />,
          },
          {
            key: 'draft',
            label: t('tabs.draft'),
            children: <DraftEditor draft={draft} problems={problems} place={place} onGo={goTo} />,
          },
          { key: 'versions', label: t('tabs.versions'), children: <Versions flowId={id} /> },
          {
            key: 'compare',
            label: t('tabs.compare'),
            children: <Compare flowId={id} draft={draft.lastDoc} live={summary?.liveVersion} />,
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
    </Page>
  )
}
