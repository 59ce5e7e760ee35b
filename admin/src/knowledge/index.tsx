import { PlusOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import type { KnowledgeView } from '../../../gateway/knowledge/schema.ts'
import { useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'
import { navigate, useRoute } from '../router.tsx'
import { Page } from '../shell/Page.tsx'
import { Entries } from './Entries.tsx'
import { emptyEntry, entryOfMiss, openMisses } from './entry.ts'
import type { Miss } from './entry.ts'
import type { Editing } from './editing.ts'
import { EntryDrawer } from './EntryDrawer.tsx'
import { Misses } from './Misses.tsx'
import { TryQuestion } from './TryQuestion.tsx'
import './knowledge.css'

export default function Knowledge() {
  const t = useT('knowledge')
  const { segments, query } = useRoute()
  const tab = segments[1] ?? 'entries'
  // a question brought along, e.g. what a flow did not understand
  const [editing, edit] = useState<Editing | undefined>(() => broughtAlong(query))
  const close = () => {
    edit(undefined)
    if (query.has('question')) navigate(`/knowledge/${tab}`, { replace: true })
  }
  const asked = useItems<Miss>('/knowledge/misses')
  const entries = useItems<KnowledgeView>('/knowledge')
  const misses = { ...asked, data: asked.data && openMisses(asked.data, entries.data ?? []) }
  return (
    <Page
      title={t('title')}
      hint={t('hint')}
      actions={
        <Button
          type="primary"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => edit({ draft: emptyEntry('') })}
        >
          {t('create')}
        </Button>
      }
    >
      <Tabs
        activeKey={tab}
        onChange={(key) => navigate(`/knowledge/${key}`)}
        items={[
          { key: 'entries', label: t('tabs.entries'), children: <Entries onEdit={edit} /> },
          { key: 'try', label: t('tabs.try'), children: <TryQuestion onEdit={edit} /> },
          {
            key: 'misses',
            label: `${t('tabs.misses')}${misses.data?.length ? ` (${misses.data.length})` : ''}`,
            children: <Misses misses={misses} onEdit={edit} />,
          },
        ]}
      />
      {editing && <EntryDrawer editing={editing} onClose={close} />}
    </Page>
  )
}

function broughtAlong(query: URLSearchParams): Editing | undefined {
  const text = query.get('question')
  if (!text) return undefined
  return {
    draft: entryOfMiss({ text, lang: query.get('lang') ?? 'zh-CN', count: 1, lastAtMs: 0 }, ''),
  }
}
