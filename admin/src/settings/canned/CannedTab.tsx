import type { CannedReplyView } from '../../../../gateway/desk/schema.ts'
import { useLang, useT } from '../../i18n/index.ts'
import { ListTab } from '../ListTab.tsx'
import { CannedDrawer } from './CannedDrawer.tsx'

export function CannedTab() {
  const t = useT('settings')
  const lang = useLang()
  return (
    <ListTab<CannedReplyView>
      path="/canned-replies"
      name={t('tabs.canned')}
      hint={t('canned.hint')}
      empty={t('canned.empty')}
      titleOf={(reply) => reply.title}
      drawer={(reply, close) => <CannedDrawer reply={reply} onClose={close} />}
      columns={[
        {
          title: t('canned.shortcut'),
          dataIndex: 'shortcut',
          width: 160,
          render: (shortcut: string) => <code>/{shortcut}</code>,
        },
        {
          title: t('canned.text'),
          dataIndex: 'text',
          ellipsis: true,
          render: (text: Record<string, string>) => text[lang] || Object.values(text)[0],
        },
      ]}
    />
  )
}
