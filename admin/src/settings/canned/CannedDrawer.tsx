import { App, Form, Input } from 'antd'
import { cannedReplyView } from '../../../../gateway/desk/schema.ts'
import type { CannedReplyView } from '../../../../gateway/desk/schema.ts'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { useLabels } from '../../records/useLabels.ts'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { newKey } from '../newKey.ts'

interface Props {
  reply: CannedReplyView | undefined
  onClose(): void
}

export function CannedDrawer({ reply, onClose }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const labels = useLabels()
  const { message } = App.useApp()
  const edit = useRecordForm<CannedReplyView, CannedReplyView>({
    record: reply,
    toValues: (stored) => stored ?? { id: newKey(), shortcut: '', title: '', text: {} },
    toBody: (values) => ({
      ...values,
      text: Object.fromEntries(Object.entries(values.text).filter(([, text]) => text?.trim())),
    }),
    schema: cannedReplyView.superRefine(({ text }, context) => {
      if (Object.keys(text).length === 0)
        context.addIssue({ code: 'custom', path: ['text', 'zh-CN'], message: t('canned.needText') })
    }),
    send: (body) => {
      const { id, ...rest } = body as CannedReplyView
      return api.put<CannedReplyView>(`/canned-replies/${id}`, rest)
    },
    touches: ['/canned-replies'],
    onSaved: () => {
      void message.success(t('canned.saved'))
      onClose()
    },
  })
  return (
    <RecordDrawer
      title={words(reply ? 'edit' : 'create')}
      size={640}
      edit={edit}
      onClose={onClose}
      aside={
        reply && (
          <RemoveButton
            path={`/canned-replies/${reply.id}`}
            title={t('removeTitle', { name: reply.title })}
            text={t('removeText')}
            touches={['/canned-replies']}
            onRemoved={onClose}
          />
        )
      }
    >
      <div className="pair">
        <Form.Item name="title" label={t('canned.titleField')} required>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item
          name="shortcut"
          label={t('canned.shortcut')}
          required
          extra={t('canned.shortcutHint')}
        >
          <Input prefix="/" maxLength={32} spellCheck={false} />
        </Form.Item>
      </div>
      {['zh-CN', 'en'].map((lang) => (
        <Form.Item
          key={lang}
          name={['text', lang]}
          label={t('channels.inLang', { what: t('canned.text'), lang: labels.lang(lang) })}
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} lang={lang} />
        </Form.Item>
      ))}
    </RecordDrawer>
  )
}
