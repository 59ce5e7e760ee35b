import { App, Form, Select } from 'antd'
import type { QueueView } from '../../../../gateway/routing/schema.ts'
import type { StaffView } from '../../../../gateway/staff/schema.ts'
import { createMailboxBody, updateMailboxBody } from '../../../../gateway/voicemail/schema.ts'
import type { MailboxView } from '../../../../gateway/voicemail/schema.ts'
import { api } from '../../api/client.ts'
import { useName, useT } from '../../i18n/index.ts'
import { NameFields } from '../../records/NameFields.tsx'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { KeyField } from '../KeyField.tsx'

interface Props {
  mailbox: MailboxView | undefined
  queues: QueueView[]
  /** undefined: the list of staff is not for this person */
  members: StaffView[] | undefined
  onClose(): void
}

type Values = Omit<MailboxView, 'version'>

const path = '/mailboxes'
const touches = [path, '/voicemails']

const toValues = (mailbox: MailboxView | undefined): Values => ({
  id: mailbox?.id ?? '',
  name: mailbox?.name ?? { zh: '', en: '' },
  queueIds: mailbox?.queueIds ?? [],
  memberIds: mailbox?.memberIds ?? [],
})

export function MailboxDrawer({ mailbox, queues, members, onClose }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const name = useName()
  const { message } = App.useApp()
  const edit = useRecordForm<MailboxView, Values>({
    record: mailbox,
    toValues,
    schema: mailbox ? updateMailboxBody : createMailboxBody,
    send: (body) =>
      mailbox
        ? api.patch<MailboxView>(`${path}/${mailbox.id}`, body)
        : api.post<MailboxView>(path, body),
    reload: async (stale) =>
      (await api.get<{ items: MailboxView[] }>(path)).items.find(({ id }) => id === stale.id) ??
      stale,
    touches,
    onSaved: () => {
      void message.success(t('telephony.mailboxes.saved'))
      onClose()
    },
  })
  return (
    <RecordDrawer
      title={mailbox ? name(mailbox.name) : words('create')}
      edit={edit}
      label={(field) => (field === 'name' ? t('name') : t(`telephony.mailboxes.${field}`))}
      onClose={onClose}
      aside={
        mailbox && (
          <RemoveButton
            path={`${path}/${mailbox.id}`}
            title={t('removeTitle', { name: name(mailbox.name) })}
            text={t('removeText')}
            touches={touches}
            onRemoved={onClose}
          />
        )
      }
    >
      <NameFields />
      <KeyField fixed={mailbox !== undefined} />
      <Form.Item name="queueIds" label={t('telephony.mailboxes.queueIds')}>
        <Select
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={queues.map((queue) => ({ value: queue.id, label: name(queue.name) }))}
        />
      </Form.Item>
      {members && (
        <Form.Item name="memberIds" label={t('telephony.mailboxes.memberIds')}>
          <Select
            mode="multiple"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={members.map(({ id, displayName }) => ({ value: id, label: displayName }))}
          />
        </Form.Item>
      )}
      <p className="quiet">{t('telephony.mailboxes.everyone')}</p>
    </RecordDrawer>
  )
}
