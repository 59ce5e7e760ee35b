import { App, Button, Form, Input, Switch } from 'antd'
import { updateContactBody } from '../../../gateway/contacts/schema.ts'
import type { ContactView } from '../../../gateway/contacts/schema.ts'
import { api } from '../api/client.ts'
import { useT } from '../i18n/index.ts'
import { clearIssues } from '../records/clearIssues.ts'
import { FormNotices } from '../records/FormNotices.tsx'
import { useRecordForm } from '../records/useRecordForm.ts'

const toValues = (contact: ContactView | undefined) => ({
  name: contact?.name ?? '',
  phone: contact?.phone ?? '',
  email: contact?.email ?? '',
  vip: contact?.vip ?? false,
  notes: contact?.notes ?? '',
})
type Values = ReturnType<typeof toValues>

export function Profile({ contact }: { contact: ContactView }) {
  const t = useT('contacts')
  const words = useT('records')
  const { message } = App.useApp()
  const edit = useRecordForm<ContactView, Values>({
    record: contact,
    toValues,
    schema: updateContactBody,
    send: (body) => api.patch<ContactView>(`/contacts/${contact.id}`, body),
    reload: (stale) => api.get<ContactView>(`/contacts/${stale.id}`),
    touches: ['/contacts'],
    onSaved: () => void message.success(t('saved')),
  })
  return (
    <>
      <FormNotices edit={edit} label={(field) => t(field)} />
      <Form
        form={edit.form}
        initialValues={edit.initial}
        layout="vertical"
        className="record-form"
        onValuesChange={(changed) => clearIssues(edit.form, changed)}
        onFinish={() => void edit.submit()}
      >
        <Form.Item name="name" label={t('name')}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <Form.Item name="phone" label={t('phone')}>
          <Input maxLength={32} inputMode="tel" autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label={t('email')}>
          <Input inputMode="email" autoComplete="off" />
        </Form.Item>
        <Form.Item name="vip" label={t('vip')} valuePropName="checked" layout="horizontal">
          <Switch size="small" />
        </Form.Item>
        <Form.Item name="notes" label={t('notes')} extra={t('notesHint')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={4000} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={edit.saving}>
          {words('save')}
        </Button>
      </Form>
    </>
  )
}
