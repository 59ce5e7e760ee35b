import { CloudDownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { ProviderTemplateView } from '../../../../../channels/wechat/schema.ts'
import type { AccountView, TemplateView } from '../../../../../gateway/accounts/schema.ts'
import { api } from '../../../api/client.ts'
import { useT } from '../../../i18n/index.ts'
import { Load } from '../../../records/Load.tsx'
import { Mark } from '../../../records/Mark.tsx'
import { TemplatePreview } from '../../../records/TemplatePreview.tsx'
import { useItems } from '../../../records/useItems.ts'
import { ItemsOrEmpty } from '../ItemsOrEmpty.tsx'

interface Props {
  account: AccountView
  onTake(template: Partial<TemplateView>): void
}

/** Asks the provider which texts it approved; one chosen fills the form. */
export function FetchTemplates({ account, onTake }: Props) {
  const t = useT('settings')
  const [open, show] = useState(false)
  const known = useItems<TemplateView>('/templates', { accountId: account.id }).data ?? []
  const found = useQuery({
    queryKey: ['provider-templates', account.id],
    queryFn: async () =>
      (await api.get<{ items: ProviderTemplateView[] }>(`/wechat/${account.id}/provider-templates`))
        .items,
    enabled: open,
  })
  const take = ({ title, example: _example, ...template }: ProviderTemplateView) => {
    show(false)
    onTake({ ...template, name: title })
  }
  return (
    <>
      <Button icon={<CloudDownloadOutlined aria-hidden />} onClick={() => show(true)}>
        {t('channels.templates.fetch')}
      </Button>
      {open && (
        <Modal
          open
          title={t('channels.templates.fetched')}
          footer={null}
          width={640}
          onCancel={() => show(false)}
        >
          <Load of={found}>
            {(items) => (
              <ItemsOrEmpty count={items.length} empty={t('channels.templates.fetchNone')}>
                <ul className="choices-of">
                  {items.map((template) => (
                    <li key={template.providerId}>
                      <b>{template.title}</b>
                      {known.some(({ providerId }) => providerId === template.providerId) ? (
                        <Mark tone="green">{t('channels.templates.taken')}</Mark>
                      ) : (
                        <Button
                          size="small"
                          aria-label={`${t('channels.templates.take')} ${template.title}`}
                          onClick={() => take(template)}
                        >
                          {t('channels.templates.take')}
                        </Button>
                      )}
                      <TemplatePreview
                        text={template.text}
                        params={{}}
                        labelOf={(key) =>
                          template.params.find((each) => each.key === key)?.label || key
                        }
                      />
                    </li>
                  ))}
                </ul>
              </ItemsOrEmpty>
            )}
          </Load>
        </Modal>
      )}
    </>
  )
}
