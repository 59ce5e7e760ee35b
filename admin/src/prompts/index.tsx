import { Tabs } from 'antd'
import { useT } from '../i18n/index.ts'
import { navigate, useRoute } from '../router.tsx'
import { Page } from '../shell/Page.tsx'
import { Catalogue } from './Catalogue.tsx'
import { DocumentImport } from './DocumentImport.tsx'
import { Recordings } from './Recordings.tsx'
import { Tunes } from './Tunes.tsx'
import './prompts.css'

const tabs = [
  { key: 'list', Content: Catalogue },
  { key: 'recordings', Content: Recordings },
  { key: 'tunes', Content: Tunes },
  { key: 'document', Content: DocumentImport },
]

export default function Prompts() {
  const t = useT('prompts')
  const active = useRoute().segments[1] ?? 'list'
  return (
    <Page title={t('title')} hint={t('hint')}>
      <Tabs
        aria-label={t('sections')}
        activeKey={active}
        onChange={(key) => navigate(`/prompts/${key}`)}
        destroyOnHidden
        items={tabs.map(({ key, Content }) => ({
          key,
          label: t(`tabs.${key}`),
          children: <Content />,
        }))}
      />
    </Page>
  )
}
