import { App, Form, Input } from 'antd'
import { useState } from 'react'
import {
  announcementBody,
  MAX_ANNOUNCEMENT_LENGTH,
  weiboLength,
} from '../../../../../channels/weibo/schema.ts'
import type { AnnouncementView } from '../../../../../channels/weibo/schema.ts'
import { api } from '../../../api/client.ts'
import { newKey } from '../../../api/newKey.ts'
import { useT } from '../../../i18n/index.ts'
import { RecordDrawer } from '../../../records/RecordDrawer.tsx'
import { useLabels } from '../../../records/useLabels.ts'
import { useRecordForm } from '../../../records/useRecordForm.ts'
import { announcementOf, noAnnouncement } from './announcementForm.ts'
import type { AnnouncementValues } from './announcementForm.ts'
import { PictureInput } from './PictureInput.tsx'

interface Props {
  accountId: string
  onClose(): void
}

const langs = ['zh-CN', 'en'] as const

/** Writes an announcement with its page, and publishes it. */
export function AnnouncementDrawer({ accountId, onClose }: Props) {
  const t = useT('settings')
  const labels = useLabels()
  const { message } = App.useApp()
  // a second press of the button, or a retry, publishes it once
  const [clientId] = useState(newKey)
  const edit = useRecordForm<AnnouncementView, AnnouncementValues>({
    record: undefined,
    toValues: () => noAnnouncement,
    toBody: (values) => announcementOf(values, accountId, clientId),
    schema: announcementBody,
    send: (body) => api.post<AnnouncementView>('/weibo/announcements', body),
    touches: ['/weibo/announcements'],
    onSaved: ({ state }) => {
      if (state === 'published') void message.success(t('channels.announcements.done'))
      else void message.warning(t('channels.announcements.notDone'))
      onClose()
    },
  })
  const text = Form.useWatch('text', edit.form) ?? ''
  const length = weiboLength(text.trim())
  const label = (field: string) => t(`channels.announcements.${field}`)
  return (
    <RecordDrawer
      title={label('one')}
      size={640}
      edit={edit}
      label={label}
      saveWord={label('publish')}
      onClose={onClose}
    >
      <Form.Item
        name="text"
        label={label('text')}
        required
        extra={
          <span className={length > MAX_ANNOUNCEMENT_LENGTH ? 'wrong' : undefined}>
            {t('channels.announcements.counted', { length, most: MAX_ANNOUNCEMENT_LENGTH })}
          </span>
        }
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} />
      </Form.Item>
      <Form.Item name="pictureId" label={label('picture')} extra={label('pictureHint')}>
        <PictureInput />
      </Form.Item>
      <Form.Item name="page" label={label('pages')} extra={label('pagesHint')} required>
        <span />
      </Form.Item>
      {langs.map((lang) => (
        <section key={lang} className="part" aria-label={labels.lang(lang)}>
          <h3>{labels.lang(lang)}</h3>
          <Form.Item name={['page', lang, 'title']} label={label('pageTitle')}>
            <Input maxLength={60} lang={lang} />
          </Form.Item>
          <Form.Item name={['page', lang, 'body']} label={label('pageBody')}>
            <Input.TextArea maxLength={10_000} autoSize={{ minRows: 4, maxRows: 16 }} lang={lang} />
          </Form.Item>
        </section>
      ))}
    </RecordDrawer>
  )
}
