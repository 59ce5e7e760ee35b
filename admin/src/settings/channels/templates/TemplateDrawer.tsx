import { App, Form, Input, Segmented } from 'antd'
import { createTemplateBody, updateTemplateBody } from '../../../../../gateway/accounts/schema.ts'
import type { AccountView, TemplateView } from '../../../../../gateway/accounts/schema.ts'
import { api } from '../../../api/client.ts'
import { useT } from '../../../i18n/index.ts'
import { RecordDrawer } from '../../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../../records/RemoveButton.tsx'
import { useRecordForm } from '../../../records/useRecordForm.ts'
import { templateBody, templateValues } from './templateForm.ts'
import type { TemplateValues } from './templateForm.ts'
import { TemplateText } from './TemplateText.tsx'

interface Props {
  account: AccountView
  /** undefined: a new one */
  template: TemplateView | undefined
  /** what a new one begins with, e.g. as the provider knows it */
  first?: Partial<TemplateView>
  onClose(): void
}

const touches = ['/templates']
const uses = ['template', 'subscribe'] as const

export function TemplateDrawer({ account, template, first, onClose }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const { message } = App.useApp()
  const edit = useRecordForm<TemplateView, TemplateValues>({
    record: template,
    toValues: (of) => templateValues(of ?? first),
    toBody: (values, stored) => templateBody(values, stored, account.id),
    schema: template ? updateTemplateBody : createTemplateBody,
    send: (body) =>
      template
        ? api.patch<TemplateView>(`/templates/${template.id}`, body)
        : api.post<TemplateView>('/templates', body),
    reload: async (stale) =>
      (
        await api.get<{ items: TemplateView[] }>('/templates', { accountId: account.id })
      ).items.find(({ id }) => id === stale.id) ?? stale,
    touches,
    onSaved: () => {
      void message.success(t('channels.templates.saved'))
      onClose()
    },
  })
  const label = (field: string) => t(`channels.templates.${field}`)
  return (
    <RecordDrawer
      title={template ? template.name : words('create')}
      size={600}
      edit={edit}
      label={label}
      onClose={onClose}
      aside={
        template && (
          <RemoveButton
            path={`/templates/${template.id}`}
            title={t('removeTitle', { name: template.name })}
            text={t('removeText')}
            touches={touches}
            onRemoved={onClose}
          />
        )
      }
    >
      <Form.Item name="name" label={label('name')} required extra={label('nameHint')}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item
        name="providerId"
        label={label('providerId')}
        required
        extra={label('providerIdHint')}
      >
        <Input maxLength={128} spellCheck={false} />
      </Form.Item>
      <Form.Item name="use" label={label('use')} hidden={account.channel !== 'wechat'}>
        <Segmented
          className="chosen"
          options={uses.map((value) => ({ value, label: t(`channels.templates.uses.${value}`) }))}
        />
      </Form.Item>
      <TemplateText />
      <Form.Item name="url" label={label('url')} hidden={account.channel !== 'wechat'}>
        <Input maxLength={500} inputMode="url" placeholder="https://" spellCheck={false} />
      </Form.Item>
    </RecordDrawer>
  )
}
