import { App, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { updateVoicemailBody } from '../../../gateway/voicemail/schema.ts'
import type { VoicemailView } from '../../../gateway/voicemail/schema.ts'
import { api } from '../api/client.ts'
import { ConversationDrawer } from '../contacts/ConversationDrawer.tsx'
import { useT } from '../i18n/index.ts'
import { RecordDrawer } from '../records/RecordDrawer.tsx'
import { useRecordForm } from '../records/useRecordForm.ts'
import { useStaffNames } from '../records/useStaffNames.ts'
import Player from '../recordings/Player.tsx'
import { useSession } from '../session/useSession.ts'
import { CallBack } from './CallBack.tsx'
import { VoicemailFacts } from './VoicemailFacts.tsx'

interface Props {
  voicemail: VoicemailView
  mailboxName(id: string): string
  onClose(): void
}

interface Values {
  state: VoicemailView['state']
  assignedTo: string | null
  note: string
}

const toValues = (voicemail: VoicemailView | undefined): Values => ({
  state: voicemail!.state,
  assignedTo: voicemail!.assignedTo ?? null,
  note: voicemail!.note,
})

/** One voicemail: listen, call back, and say what became of it. */
export function VoicemailForm({ voicemail, mailboxName, onClose }: Props) {
  const t = useT('voicemail')
  const { me } = useSession()
  const staff = useStaffNames()
  const { message } = App.useApp()
  const [talk, showTalk] = useState(false)
  const { id, state, assignedTo } = voicemail
  const edit = useRecordForm<VoicemailView, Values>({
    record: voicemail,
    toValues,
    schema: updateVoicemailBody,
    send: (body) => api.patch<VoicemailView>(`/voicemails/${id}`, body),
    reload: () => api.get<VoicemailView>(`/voicemails/${id}`),
    touches: ['/voicemails'],
    onSaved: () => {
      void message.success(t('saved'))
      onClose()
    },
  })
  const options =
    assignedTo && !staff.options.some(({ value }) => value === assignedTo)
      ? [...staff.options, { value: assignedTo, label: staff.nameOf(assignedTo) }]
      : staff.options
  const setState = (next: Values['state']) => {
    edit.form.setFieldValue('state', next)
    void edit.submit()
  }
  return (
    <RecordDrawer
      title={t('message')}
      size={600}
      edit={edit}
      label={(field) => t(field)}
      onClose={onClose}
      aside={
        state === 'done' ? (
          <Button loading={edit.saving} onClick={() => setState('heard')}>
            {t('reopen')}
          </Button>
        ) : (
          <Button loading={edit.saving} onClick={() => setState('done')}>
            {t('markDone')}
          </Button>
        )
      }
    >
      <div className="voicemail-sound">
        {voicemail.recordingId && (
          <Player
            recordingId={voicemail.recordingId}
            durationMs={voicemail.seconds * 1000}
            at={`/voicemails/${id}`}
          />
        )}
        <CallBack voicemail={voicemail} />
      </div>
      <VoicemailFacts voicemail={voicemail} mailboxName={mailboxName} />
      <Button style={{ margin: '12px 0 20px' }} onClick={() => showTalk(true)}>
        {t('conversation')}
      </Button>
      <Form.Item name="state" hidden>
        <Input />
      </Form.Item>
      <Form.Item
        name="assignedTo"
        label={t('assignedTo')}
        normalize={(chosen?: string) => chosen ?? null}
        extra={
          assignedTo !== me.id && (
            <Button
              type="link"
              size="small"
              style={{ padding: 0 }}
              onClick={() => edit.form.setFieldValue('assignedTo', me.id)}
            >
              {t('toMe')}
            </Button>
          )
        }
      >
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('nobody')}
          options={options}
        />
      </Form.Item>
      <Form.Item name="note" label={t('note')}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={2000}
          placeholder={t('notePlaceholder')}
        />
      </Form.Item>
      {talk && <ConversationDrawer id={voicemail.conversationId} onClose={() => showTalk(false)} />}
    </RecordDrawer>
  )
}
