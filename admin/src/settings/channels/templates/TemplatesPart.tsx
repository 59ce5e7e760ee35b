import { useState } from 'react'
import type { AccountView, TemplateView } from '../../../../../gateway/accounts/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { Mark } from '../../../records/Mark.tsx'
import { ListTab } from '../../ListTab.tsx'
import { FetchTemplates } from './FetchTemplates.tsx'
import { TemplateDrawer } from './TemplateDrawer.tsx'

/** The approved texts of one account. */
export function TemplatesPart({ account }: { account: AccountView }) {
  const t = useT('settings')
  const wechat = account.channel === 'wechat'
  const [taking, take] = useState<Partial<TemplateView>>()
  return (
    <>
      <ListTab<TemplateView>
        path="/templates"
        query={{ accountId: account.id }}
        name={t('channels.templates.list')}
        hint={t('channels.templates.hint')}
        empty={t('channels.templates.empty')}
        width={720}
        actions={wechat && <FetchTemplates account={account} onTake={take} />}
        titleOf={({ name }) => name}
        drawer={(template, close) => (
          <TemplateDrawer account={account} template={template} onClose={close} />
        )}
        columns={[
          { title: t('channels.templates.text'), dataIndex: 'text', ellipsis: true },
          {
            title: t('channels.templates.providerId'),
            dataIndex: 'providerId',
            width: 200,
            ellipsis: true,
            render: (id: string) => <code>{id}</code>,
          },
          ...(wechat
            ? [
                {
                  title: t('channels.templates.use'),
                  dataIndex: 'use',
                  width: 130,
                  render: (use: TemplateView['use']) => (
                    <Mark tone="teal">{t(`channels.templates.uses.${use}`)}</Mark>
                  ),
                },
              ]
            : []),
        ]}
      />
      {taking && (
        <TemplateDrawer
          account={account}
          template={undefined}
          first={taking}
          onClose={() => take(undefined)}
        />
      )}
    </>
  )
}
