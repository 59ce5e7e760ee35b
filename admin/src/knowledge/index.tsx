import { PlusOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { MissView } from '../../../gateway/knowledge/schema.ts'
import { useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'
import { navigate, useRoute } from '../router.tsx'
import { Page } from '../shell/Page.tsx'
import { CategoriesTab } from './CategoriesTab.tsx'
import type { Editing } from './editing.ts'
import { Entries } from './Entries.tsx'
import { emptyEntry, entryOfMiss } from './entry.ts'
import { EntryDrawer } from './EntryDrawer.tsx'
import { ImportButton } from './ImportButton.tsx'
import { Misses } from './Misses.tsx'
import { SynonymsTab } from './SynonymsTab.tsx'
import { TryQuestion } from './TryQuestion.tsx'
import './knowledge.css'

const Intents = lazy(() => import('./intents/Intents.tsx'))
const ModelTab = lazy(() => import('./model/ModelTab.tsx'))

export default function Knowledge() {
  const t = useT('knowledge')
  const { segments, query } = useRoute()
  const tab = segments[1] ?? 'entries'
  // another room may bring words to make an entry of: …/entries?question=…&lang=…
  const [editing, edit] = useState<Editing | undefined>(() => {
    const text = query.get('question')
    return text
      ? { draft: entryOfMiss({ text, lang: query.get('lang') ?? 'zh-CN' }, '') }
      : undefined
  })
  const close = () => {
    edit(undefined)
    if (query.has('question')) navigate('/knowledge/entries')
  }
  const misses = useItems<MissView>('/knowledge/misses')
  return (
    <Page
      title={t('title')}
      hint={t('hint')}
      actions={
        <>
          <ImportButton />
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => edit({ draft: emptyEntry('') })}
          >
            {t('create')}
          </Button>
        </>
      }
    >
      <Tabs
        activeKey={tab}
        onChange={(key) => navigate(`/knowledge/${key}`)}
        items={[
          { key: 'entries', label: t('tabs.entries'), children: <Entries onEdit={edit} /> },
          {
            key: 'misses',
            label: `${t('tabs.misses')}${misses.data?.length ? ` (${misses.data.length})` : ''}`,
            children: <Misses misses={misses} onEdit={edit} />,
          },
          { key: 'try', label: t('tabs.try'), children: <TryQuestion onEdit={edit} /> },
          { key: 'synonyms', label: t('tabs.synonyms'), children: <SynonymsTab /> },
          { key: 'categories', label: t('tabs.categories'), children: <CategoriesTab /> },
          {
            key: 'intents',
            label: t('tabs.intents'),
            children: (
              <Suspense>
                <Intents />
              </Suspense>
            ),
          },
          {
            key: 'model',
            label: t('tabs.model'),
            children: (
              <Suspense>
                <ModelTab />
              </Suspense>
            ),
          },
        ]}
      />
      {editing && <EntryDrawer editing={editing} onClose={close} />}
    </Page>
  )
}
